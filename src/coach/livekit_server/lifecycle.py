"""`coach livekit start|stop|restart|status|logs`."""

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from coach.errors import CoachError
from coach.livekit_server import log, server
from coach.livekit_server.install import ensure_binary
from coach.livekit_server.layout import Layout
from coach.livekit_server.server import Keeping
from coach.livekit_server.status import State, look
from coach.livekit_server.terminal import connected, layout, locked, note, reporting, say, show
from coach.settings import load

NOT_RUNNING = 3
"""Exit code of `status` when the server isn't running, as init scripts have it."""

Port = Annotated[
    int | None,
    typer.Option(min=1, max=65533, help="Use exactly this port and the two after it."),
]


def start(
    *,
    port: Port = None,
    foreground: Annotated[
        bool, typer.Option("--foreground", help="Stay until stopped, as a service manager wants.")
    ] = False,
) -> None:
    """Start the server; it goes on running until `coach livekit stop`."""
    if foreground:
        _end_well_on_signals()
    at = layout()
    with reporting() as report, locked(at, report):
        already = server.running(at)
        if already and port not in {None, already.http}:
            raise CoachError(
                f"the server already runs on port {already.http}",
                f"move it with: coach livekit restart --port {port}",
            )
        keeping = None if already else _start(at, report, port, owned=foreground)
    owned = keeping if foreground else None
    with contextlib.closing(owned) if owned else contextlib.nullcontext():
        say("already running" if already else "started")
        show(look(at))
        if owned is not None:
            # 0 when it was told to stop, 1 when the server could not be kept
            raise typer.Exit(0 if owned.process.wait() == 0 else 1)


def stop() -> None:
    """Stop the server, also with people connected."""
    say("stopped" if stop_server(layout()) else "not running")


def restart(*, port: Port = None) -> None:
    """Stop and start the server, on the same port unless another is given."""
    before = server.running(layout())
    stop()
    start(port=port or (before.http if before else None))


def status(*, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Show what the server is doing; exit code 0 when it runs, 3 when it doesn't."""
    found = look(layout())
    if as_json:
        sys.stdout.write(json.dumps(found.as_json()) + "\n")
    else:
        show(found)
    raise typer.Exit(0 if found.state is State.RUNNING else NOT_RUNNING)


def logs(
    *,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0)] = 50,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
) -> None:
    """Print the end of the server's log."""
    path = layout().log
    if not path.exists():
        raise CoachError(f"there is no log yet at {path}", "start the server: coach livekit start")
    for line in log.follow(path, lines) if follow else log.tail(path, lines):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def stop_server(at: Layout) -> bool:
    """Stop our server and say who loses it; False when none ran."""
    with reporting() as report, locked(at, report):
        rooms = look(at).rooms
        if rooms:
            note(f"{connected(rooms)} and will be cut off")
        report("Stopping livekit-server")
        return server.stop(at)


def _start(at: Layout, report: Callable[[str], None], port: int | None, *, owned: bool) -> Keeping:
    binary = asyncio.run(ensure_binary(at, report, release_url=load().livekit_release_url))
    report(f"Starting livekit-server {binary.version}")
    try:
        return server.start(at, binary, report, port=port, owned=owned)
    except server.StartError as error:
        for line in error.tail:
            note(f"  {line}")
        raise


def _end_well_on_signals() -> None:
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: sys.exit(0))
