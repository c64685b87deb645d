"""What `coach livekit` shows."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import timedelta

from filelock import FileLock, Timeout
from rich.console import Console

from coach.livekit_server.layout import Layout
from coach.livekit_server.rooms import Room
from coach.livekit_server.status import Status
from coach.settings import load

_out = Console(highlight=False, soft_wrap=True)
_progress = Console(stderr=True, highlight=False, soft_wrap=True)

NAME_WIDTH = 9


def layout() -> Layout:
    """The files of the managed server in the COACH_HOME of the settings."""
    found = Layout(load().coach_home)
    found.make()
    return found


def say(line: str) -> None:
    """A result, on standard output."""
    _out.print(line, markup=False)


def note(line: str) -> None:
    """What happens meanwhile, on standard error."""
    _progress.print(line, markup=False)


@contextlib.contextmanager
def reporting() -> Iterator[Callable[[str], None]]:
    """Show what is going on: a spinner on a terminal, lines elsewhere."""
    if not _progress.is_terminal:
        yield note
        return
    with _progress.status("…") as spinner:
        yield lambda line: spinner.update(line.replace("[", r"\["))


@contextlib.contextmanager
def locked(at: Layout, report: Callable[[str], None]) -> Iterator[None]:
    """Nobody else installs, starts or stops this server meanwhile."""
    lock = FileLock(at.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        report("Waiting for another coach that is busy with this server")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def show(found: Status) -> None:
    """Print a status, a line each."""
    for name, value in _lines(found):
        say(f"{name:{NAME_WIDTH}}{value}")


def connected(rooms: list[Room]) -> str:
    """Who is connected, in words: `2 people are connected in 1 room`."""
    people = sum(room.people for room in rooms)
    verb = "person is" if people == 1 else "people are"
    return f"{people} {verb} connected in {len(rooms)} room{'' if len(rooms) == 1 else 's'}"


def _lines(found: Status) -> Iterator[tuple[str, str]]:
    yield "state", found.state.value
    if found.holder:
        yield "held by", found.holder
    if found.ports and found.url:
        yield "url", found.url
        yield "ports", f"{found.ports.http} http, {found.ports.tcp} tcp, {found.ports.udp} udp"
        yield "media at", found.address or ""
        yield "program", f"livekit-server {found.version or '(removed)'}, {found.program}"
        yield "process", f"{found.pid}, up {timedelta(seconds=found.uptime_s or 0)}"
    for room in found.rooms or []:
        yield "room", f"{room.name}, {room.people} connected"
    yield "service", found.service
    yield "log", found.log
