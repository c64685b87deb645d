"""`coach sessions`: invitations to a room of its own."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from coach.running import require_livekit
from coach.settings import Settings, load
from coach.store import migrate, open_store
from coach.store.commands import app as store_app
from coach.web.invitations import MAX_HOURS, OPERATOR, NewSession, create_session
from coach.web.notify import app as notify_app

app = typer.Typer(help="Sessions and their invitations.", no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)
app.add_typer(store_app)
app.add_typer(notify_app)


@app.callback()
def sessions() -> None:
    """Sessions and their invitations."""


@app.command()
def create(
    *,
    hours: Annotated[int, typer.Option(min=1, max=MAX_HOURS, help="How long to join.")] = 24,
    name: Annotated[str, typer.Option(help="A name for your own list.")] = "",
) -> None:
    """Print one link for the partner and one for the facilitator, to a new room."""
    settings = load()
    require_livekit(settings)
    made = asyncio.run(_create(settings, hours, name))
    for role, link in made.links.items():
        console.print(f"{role}: {link}", markup=False)


async def _create(settings: Settings, hours: int, name: str) -> NewSession:
    await migrate(settings)
    base = settings.coach_public_url or f"http://localhost:{settings.coach_port}"
    async with open_store(settings) as store:
        return await create_session(store, base, owner=OPERATOR, hours=hours, name=name)
