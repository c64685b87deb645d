"""Start, find and stop the one server of a COACH_HOME. Every function here blocks."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from coach.errors import CoachError
from coach.livekit_server import log, ports
from coach.livekit_server.binary import Binary
from coach.livekit_server.config import configured_ports, keys, write_config
from coach.livekit_server.health import healthy
from coach.livekit_server.layout import Layout
from coach.livekit_server.ports import Ports
from coach.livekit_server.processes import FORCE_SECONDS, GRACE_SECONDS, Record, end, still_running
from coach.livekit_server.reach import Reach

Report = Callable[[str], None]

START_SECONDS = 30.0
STOP_SECONDS = GRACE_SECONDS + 2 * FORCE_SECONDS + 1.0
POLL_SECONDS = 0.05
BIND_ATTEMPTS = 3
TAIL_LINES = 20
TAKEN = "address already in use"


class StartError(CoachError):
    """The server ended, or never answered; `tail` holds the last lines of its log."""

    def __init__(self, message: str, hint: str, tail: list[str]) -> None:
        super().__init__(message, hint)
        self.tail = tail


@dataclass(frozen=True, slots=True)
class Keeping:
    """The child that keeps the server, for as long as this process owns it."""

    layout: Layout
    process: subprocess.Popen[bytes]
    ports: Ports

    def close(self) -> None:
        """Let go of the server and wait until it has ended."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait(STOP_SECONDS)
        stop(self.layout)  # what a killed keeper left behind


def running(layout: Layout) -> Ports | None:
    """The ports of our server when it runs and is healthy, else None."""
    record, found = Record.read(layout.record), configured_ports(layout)
    if record is None or found is None or record.server.process() is None:
        return None
    return found if healthy(found.http) else None


def await_running(layout: Layout, seconds: float) -> bool:
    """Wait until our server, started by someone else, is healthy."""
    until = time.monotonic() + seconds
    while not running(layout):
        if time.monotonic() > until:
            return False
        time.sleep(POLL_SECONDS)
    return True


def start(
    layout: Layout, binary: Binary, report: Report, *, port: int | None = None, owned: bool
) -> Keeping:
    """Start the server and wait until it is healthy.

    `port`: exactly this one, 0 for any free one, None for the customary one or the next free.
    `owned`: the server ends with the returned object or with this process, whichever ends first.
    Raises StartError with the end of the server's log, CoachError when the port is taken.
    """
    layout.make()
    for attempt in range(1, BIND_ATTEMPTS + 1):
        chosen = _choose(port, report)
        with layout.writing():
            keys(layout)
            write_config(layout, chosen, Reach.read(layout.reach))
            log.rotate(layout.log)
            keeping = _spawn(layout, binary, chosen, owned=owned)
        try:
            _await_health(layout, keeping)
        except StartError as error:
            if attempt == BIND_ATTEMPTS or not any(TAKEN in line for line in error.tail):
                raise
            continue
        return keeping
    raise AssertionError


def stop(layout: Layout) -> bool:
    """Stop our server, however it was started; False when none ran."""
    record = Record.read(layout.record)
    if record is None:
        return False
    keeper, server = record.keeper.process(), record.server.process()
    if keeper is not None:
        keeper.terminate()
        still_running([keeper], STOP_SECONDS)
    # A crash may have brought a newer server than the one that was read above.
    last = Record.read(layout.record) or record
    end(
        [p for p in (last.keeper.process(), last.server.process()) if p],
        GRACE_SECONDS,
        FORCE_SECONDS,
    )
    layout.record.unlink(missing_ok=True)
    return keeper is not None or server is not None


def _choose(port: int | None, report: Report) -> Ports:
    if port == 0:
        return ports.anywhere()
    wanted = Ports.beside(port or ports.PREFERRED)
    if wanted.free():
        return wanted
    held, free = ports.holder(wanted), ports.near(wanted.http)
    if port is not None or free is None:
        raise CoachError(held, "stop that program, or choose another port with --port")
    report(f"{held}; using port {free.http}")
    return free


def _spawn(layout: Layout, binary: Binary, chosen: Ports, *, owned: bool) -> Keeping:
    command = [sys.executable, "-P", "-m", "coach.livekit_server.keeper"]
    command += ["--port", str(chosen.http)]
    command += ["--record", str(layout.record), "--log", str(layout.log)]
    command += ["--owned"] if owned else []
    command += ["--", str(binary.path), "--config", str(layout.config)]
    with layout.log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 (our own keeper)
            command,
            stdin=subprocess.PIPE if owned else subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for us; we tell the server
        )
    return Keeping(layout, process, chosen)


def _await_health(layout: Layout, keeping: Keeping) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and keeping.process.poll() is None:
        if running(layout) == keeping.ports:
            return
        time.sleep(POLL_SECONDS)
    keeping.process.terminate()
    keeping.close()
    tail = log.tail(layout.log, TAIL_LINES)
    raise StartError(
        f"livekit-server did not start: {tail[-1].strip() if tail else 'it printed nothing'}",
        f"its log is {layout.log}",
        tail,
    )
