"""`coach livekit expose`: the server for other machines than this one."""

from pathlib import Path
from typing import Annotated

import typer

from coach.errors import CoachError
from coach.livekit_server import server
from coach.livekit_server.ports import LOOPBACK
from coach.livekit_server.reach import Reach, Turn
from coach.livekit_server.terminal import layout, note, say

OFF = "off"


def expose(
    at: Annotated[str, typer.Argument(help="An IPv4 address, `lan`, `tailscale`, or `off`.")],
    *,
    turn: Annotated[bool, typer.Option("--turn", help="Relay media on UDP port 3478.")] = False,
    turn_domain: Annotated[
        str | None, typer.Option(help="Relay over TLS on port 443 too, under this name.")
    ] = None,
    turn_cert: Annotated[Path | None, typer.Option(help="Its certificate, PEM.")] = None,
    turn_key: Annotated[Path | None, typer.Option(help="The certificate's key, PEM.")] = None,
) -> None:
    """Let other machines reach the server at one address, from its next start on."""
    tls = (turn_domain, turn_cert, turn_key)
    if any(tls) and not all(tls):
        raise typer.BadParameter("--turn-domain, --turn-cert and --turn-key belong together")
    relay = _turn(turn_domain, turn_cert, turn_key) if turn or all(tls) else None
    reach = Reach(LOOPBACK if at == OFF else at, relay)
    address = reach.address()
    if address == LOOPBACK and relay is not None:
        raise CoachError("a relay on this machine alone has no use", "drop --turn, or expose it")
    here = layout()
    reach.write(here.reach)
    _explain(address)
    if server.running(here):
        note("A running server stays as it is until: coach livekit restart")


def _turn(domain: str | None, certificate: Path | None, key: Path | None) -> Turn:
    for file in (certificate, key):
        if file is not None and not file.is_file():
            raise CoachError(f"there is no file {file}", "give the path of a PEM file")
    return Turn(
        domain,
        str(certificate.absolute()) if certificate else None,
        str(key.absolute()) if key else None,
    )


def _explain(address: str) -> None:
    if address == LOOPBACK:
        say("the server is for this machine alone")
        return
    say(f"the server is for every machine that reaches {address}")
    note("Browsers give camera and microphone to https pages only, and those talk to wss only:")
    note("put a proxy with a certificate before the pages and before the server's http port,")
    note("such as `tailscale serve`, and set LIVEKIT_URL to its wss address.")
