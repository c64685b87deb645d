"""`coach sessions`: invitations to a room of its own."""

import secrets
from typing import Annotated

import typer
from rich.console import Console

from coach.running import require_livekit
from coach.settings import Settings, load
from coach.web.seats import Seat, SeatSigner

app = typer.Typer(help="Sessions and their invitations.", no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)

MAX_HOURS = 24 * 14


@app.callback()
def sessions() -> None:
    """Sessions and their invitations."""


@app.command()
def create(
    *, hours: Annotated[int, typer.Option(min=1, max=MAX_HOURS, help="How long to join.")] = 24
) -> None:
    """Print one link for the partner and one for the facilitator, to a new room."""
    settings = load()
    require_livekit(settings)
    room = f"session-{secrets.token_urlsafe(12)}"
    for page, identity in (
        ("partner", settings.partner_id),
        ("facilitator", settings.facilitator_id),
    ):
        console.print(f"{page}: {_link(settings, page, Seat(room, identity), hours)}", markup=False)


def _link(settings: Settings, page: str, seat: Seat, hours: int) -> str:
    """The secret stands behind the #, which no browser sends to a server."""
    if settings.livekit_api_secret is None:
        raise ValueError("checked by require_livekit")
    signer = SeatSigner(settings.livekit_api_secret.get_secret_value())
    base = settings.coach_public_url or f"http://localhost:{settings.coach_port}"
    return f"{base}/session/{page}#invite={signer.issue('invitation', seat, hours * 3600)}"
