"""`coach livekit`: the managed LiveKit server, by hand."""

import asyncio
import contextlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Annotated

import typer
from filelock import FileLock
from rich.console import Console
from rich.table import Table

from coach.livekit_server import log, server
from coach.livekit_server.binary import Binary
from coach.livekit_server.install import ensure_binary, install
from coach.livekit_server.layout import Layout
from coach.livekit_server.release import RELEASE_URL
from coach.livekit_server.status import State, Status, look
from coach.settings import load

app = typer.Typer(
    help="The LiveKit server on this machine.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

NOT_RUNNING = 3
"""Exit code of `status` when the server isn't running, as init scripts have it."""

console = Console(highlight=False, soft_wrap=True)
progress = Console(stderr=True, highlight=False, soft_wrap=True)

Port = Annotated[
    int | None,
    typer.Option(min=1, max=65535, help="Use exactly this port and the two after it."),
]


@app.command("install")
def install_command(
    *,
    version: Annotated[str | None, typer.Option(help="Which release to install.")] = None,
    mirror: Annotated[str, typer.Option(help="Where release archives are.")] = RELEASE_URL,
) -> None:
    """Find or install livekit-server."""
    layout = _layout()
    with _reporting() as report, FileLock(layout.lock):
        if version is None:
            found = asyncio.run(ensure_binary(layout, report, release_url=mirror))
        else:
            found = asyncio.run(
                install(layout, report, version=version.removeprefix("v"), release_url=mirror)
            )
    _say(f"livekit-server {found.version}: {found.path}")


@app.command()
def start(*, port: Port = None) -> None:
    """Start the server; it goes on running until `coach livekit stop`."""
    layout = _layout()
    with _reporting() as report, FileLock(layout.lock):
        already = server.running(layout)
        if already is None:
            binary = asyncio.run(ensure_binary(layout, report))
            _start(layout, binary, report, port)
    _say("already running" if already else "started")
    _print_status(look(layout))


@app.command()
def stop() -> None:
    """Stop the server, also with people connected."""
    layout = _layout()
    with _reporting() as report, FileLock(layout.lock):
        stopped = _stop(layout, report)
    _say("stopped" if stopped else "not running")


@app.command()
def restart(*, port: Port = None) -> None:
    """Stop and start the server."""
    stop()
    start(port=port)


@app.command()
def status(*, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Show what the server is doing; exit code 0 when it runs, 3 when it doesn't."""
    found = look(_layout())
    if as_json:
        sys.stdout.write(json.dumps(found.as_json()) + "\n")
    else:
        _print_status(found)
    raise typer.Exit(0 if found.state is State.RUNNING else NOT_RUNNING)


@app.command()
def logs(*, lines: Annotated[int, typer.Option("--lines", "-n", min=1)] = 50) -> None:
    """Print the end of the server's log."""
    for line in log.tail(_layout().log, lines):
        sys.stdout.write(line + "\n")


@app.command()
def uninstall() -> None:
    """Stop the server and remove it with its keys and logs."""
    layout = _layout()
    with _reporting() as report, FileLock(layout.lock):
        _stop(layout, report)
    shutil.rmtree(layout.root)
    _say(f"removed {layout.root}")


def _layout() -> Layout:
    layout = Layout(load().coach_home)
    layout.make()
    return layout


def _start(layout: Layout, binary: Binary, report: Callable[[str], None], port: int | None) -> None:
    report(f"Starting livekit-server {binary.version}")
    try:
        server.start(layout, binary, report, port=port, owned=False)
    except server.StartError as error:
        for line in error.tail:
            progress.print(f"  {line}", markup=False)
        raise


def _stop(layout: Layout, report: Callable[[str], None]) -> bool:
    people = sum(room.participants for room in look(layout).rooms or [])
    report(f"Stopping livekit-server; {people} people are connected")
    return server.stop(layout)


def _print_status(found: Status) -> None:
    table = Table.grid(padding=(0, 2))
    for name, value in _rows(found):
        table.add_row(name, value)
    console.print(table)


def _rows(found: Status) -> Iterator[tuple[str, str]]:
    yield "state", found.state.value
    if found.holder:
        yield "held by", found.holder
    if found.url and found.ports:
        yield "url", found.url
        yield "ports", f"{found.ports.http} http, {found.ports.tcp} tcp, {found.ports.udp} udp"
        yield "process", f"{found.pid}, up {found.uptime_s} s, {found.program}"
    for room in found.rooms or []:
        yield "room", f"{room.name}: {room.participants} connected"
    yield "log", found.log


@contextlib.contextmanager
def _reporting() -> Iterator[Callable[[str], None]]:
    """Show what is going on: a spinner on a terminal, lines elsewhere."""
    if not progress.is_terminal:
        yield lambda line: progress.print(line, markup=False)
        return
    with progress.status("…") as spinner:
        yield spinner.update


def _say(line: str) -> None:
    console.print(line, markup=False)
