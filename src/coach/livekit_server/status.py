"""What the managed server is doing now, found out by asking."""

import asyncio
import time
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import psutil

from coach.errors import CoachError
from coach.livekit_server import ports, service
from coach.livekit_server.binary import inspect
from coach.livekit_server.config import configured_address, configured_ports, endpoint
from coach.livekit_server.health import healthy
from coach.livekit_server.layout import Layout
from coach.livekit_server.ports import PREFERRED, Ports
from coach.livekit_server.processes import Record
from coach.livekit_server.rooms import Room, ask_rooms


class State(StrEnum):
    """What a probe can find."""

    RUNNING = "running"
    """Ours, and it answers."""
    STARTING = "starting"
    """Ours, and it doesn't answer yet."""
    FOREIGN = "foreign"
    """Not ours: another program holds the port."""
    STALE = "stale"
    """Ours ended without being stopped."""
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Status:
    """One look at the server; what is unknown is None."""

    state: State
    log: str
    url: str | None = None
    pid: int | None = None
    program: str | None = None
    version: str | None = None
    uptime_s: int | None = None
    ports: Ports | None = None
    address: str | None = None
    rooms: list[Room] | None = None
    holder: str | None = None
    service: str = field(default_factory=service.describe)

    def as_json(self) -> dict[str, Any]:
        """The same, of plain values."""
        return asdict(self)


def look(layout: Layout) -> Status:
    """Probe processes, ports and the server itself."""
    record, found = Record.read(layout.record), configured_ports(layout)
    process = record.server.process() if record else None
    if process is not None and found is not None:
        return _of_ours(layout, process, found)
    if record is not None and record.keeper.process() is not None:
        return Status(State.STARTING, str(layout.log))
    wanted = found or Ports.beside(PREFERRED)
    if not wanted.free():
        return Status(State.FOREIGN, str(layout.log), ports=wanted, holder=ports.holder(wanted))
    return Status(State.STOPPED if record is None else State.STALE, str(layout.log))


def _of_ours(layout: Layout, process: psutil.Process, found: Ports) -> Status:
    answers = healthy(found.http)
    at = endpoint(layout, found)
    return Status(
        State.RUNNING if answers else State.STARTING,
        str(layout.log),
        url=at.url,
        pid=process.pid,
        program=process.exe(),
        version=_version(process.exe()),
        uptime_s=round(time.time() - process.create_time()),
        ports=found,
        address=configured_address(layout),
        rooms=ask_rooms(at) if answers else None,
    )


def _version(program: str) -> str | None:
    try:
        return asyncio.run(inspect(Path(program))).version
    except CoachError:  # an upgrade removed the program that still runs
        return None
