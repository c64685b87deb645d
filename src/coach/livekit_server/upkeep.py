"""`coach livekit install|upgrade|enable|disable|uninstall`."""

import asyncio
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from coach.errors import CoachError
from coach.livekit_server import server, service
from coach.livekit_server.archive import install_file
from coach.livekit_server.binary import Binary, version_key
from coach.livekit_server.install import VERSION, ensure_binary
from coach.livekit_server.install import install as install_version
from coach.livekit_server.layout import Layout
from coach.livekit_server.lifecycle import stop_server
from coach.livekit_server.terminal import layout, locked, note, reporting, say
from coach.settings import load

START_SECONDS = 30.0


def install(
    *,
    version: Annotated[str | None, typer.Option(help="A release, such as 1.13.5.")] = None,
    file: Annotated[
        Path | None,
        typer.Option("--from", help="A release archive; checksums.txt beside it is obeyed."),
    ] = None,
) -> None:
    """Find livekit-server, or install it."""
    if version is not None and file is not None:
        raise typer.BadParameter("--version and --from exclude each other")
    at, url = layout(), load().livekit_release_url
    with reporting() as report, locked(at, report):
        if file is not None:
            binary = asyncio.run(install_file(at, file, report))
        elif version is not None:
            wanted = version.removeprefix("v")
            binary = asyncio.run(install_version(at, report, version=wanted, release_url=url))
        else:
            binary = asyncio.run(ensure_binary(at, report, release_url=url))
    _say_installed(at, binary)


def upgrade() -> None:
    """Install the release that this version of coach was tested with, if it is newer."""
    at, url = layout(), load().livekit_release_url
    with reporting() as report, locked(at, report):
        binary = asyncio.run(ensure_binary(at, report, release_url=url))
        if version_key(binary.version) < version_key(VERSION):
            binary = asyncio.run(install_version(at, report, release_url=url))
    _say_installed(at, binary)


def enable() -> None:
    """Run the server as a service of this user, from login on."""
    at = layout()
    manager = service.manager()
    with reporting() as report, locked(at, report):
        binary = asyncio.run(ensure_binary(at, report, release_url=load().livekit_release_url))
    stop_server(at)
    kept = manager.install(service.command(at, binary))
    if kept is not None:
        note(f"The unit was changed by hand; that one is kept as {kept}")
    say(f"enabled: {manager.file}")
    with reporting() as report:
        report("Waiting for the server")
        if not server.await_running(at, START_SECONDS):
            raise CoachError("the service did not start the server", manager.advice)


def disable() -> None:
    """Stop the service and remove its unit."""
    manager = service.manager()
    say(f"disabled: {manager.file}" if manager.remove() else "not enabled")


def uninstall(
    *,
    purge: Annotated[
        bool, typer.Option("--purge", help="Remove kept sessions too; that can't be undone.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
) -> None:
    """Stop the server and remove it with its keys and logs; sessions stay."""
    at = layout()
    files = _what_goes(at, purge=purge)
    say("This goes:")
    for path in files:
        say(f"  {path}")
    if sys.stdin.isatty() and not yes:
        typer.confirm("Remove it?", abort=True)
    if service.unit() is not None:
        service.manager().remove()
    stop_server(at)
    for path in files:
        _remove(path)
    say("removed" if purge else f"removed; sessions stay in {at.home}")


def _what_goes(at: Layout, *, purge: bool) -> list[Path]:
    from coach.store.place import FILE_NAME

    unit = [file] if (file := service.unit()) else []
    sessions = sorted(at.home.glob(f"{FILE_NAME}*")) if purge else []
    return [at.root, *unit, *sessions]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _say_installed(at: Layout, binary: Binary) -> None:
    say(f"livekit-server {binary.version}: {binary.path}")
    if server.running(at):
        note("A running server keeps its program until: coach livekit restart")
