"""`coach sessions notify`: a word from the operator to the people in a session."""

import asyncio
from enum import StrEnum
from typing import Annotated

import aiohttp
import typer
from livekit import api
from rich.console import Console

from coach.errors import CoachError
from coach.livekit_server import Endpoint, found_server
from coach.notices import as_notice, people_in, send_notice
from coach.settings import Settings, load
from coach.store import migrate, open_store
from coach.web.invitations import OPERATOR

app = typer.Typer()
console = Console(highlight=False, soft_wrap=True)


class To(StrEnum):
    """Who is to read it."""

    FACILITATOR = "facilitator"
    PARTNER = "partner"
    BOTH = "both"


@app.command()
def notify(
    session: Annotated[str, typer.Argument(help="The session's id.")],
    text: Annotated[str, typer.Argument(help="What they are to read.")],
    *,
    to: Annotated[To, typer.Option(help="Who is to read it.")] = To.BOTH,
) -> None:
    """Show a notice on the pages of the people in a session; nothing keeps it."""
    settings = load()
    words = as_notice(text)
    server = found_server(settings)
    if server is None:
        raise CoachError("there is no LiveKit server", "set LIVEKIT_URL, key and secret")
    reached = asyncio.run(_notify(settings, server, session, words, to))
    console.print(f"Shown to: {', '.join(reached)}", markup=False)


async def _notify(
    settings: Settings, server: Endpoint, session_id: str, text: str, to: To
) -> list[str]:
    await migrate(settings)
    async with open_store(settings) as store:
        session = await store.sessions.get(session_id)
        if session is None or session.state != "open":
            raise CoachError("there is no such open session", "see them with: coach sessions list")
        reached = await _send(server, session.room, text, _identities(settings, to))
        await store.audit.note(session_id, OPERATOR, "notified")
        return reached


def _identities(settings: Settings, to: To) -> list[str]:
    by_role = {To.PARTNER: settings.partner_id, To.FACILITATOR: settings.facilitator_id}
    return list(by_role.values()) if to is To.BOTH else [by_role[to]]


async def _send(server: Endpoint, room: str, text: str, identities: list[str]) -> list[str]:
    """Who of them was there to read it."""
    secret = server.api_secret.get_secret_value()
    try:
        async with api.LiveKitAPI(server.url, server.api_key, secret) as livekit:
            here = await people_in(livekit, room)
            wanted = [identity for identity in identities if identity in here]
            if not wanted:
                raise CoachError("nobody of them is in the session now", "try again when they are")
            await send_notice(livekit, room, text, wanted)
            return wanted
    except (api.TwirpError, aiohttp.ClientError, TimeoutError) as error:
        raise CoachError(
            f"LiveKit did not take the notice ({type(error).__name__})", "run: coach doctor"
        ) from None
