"""The process between us and livekit-server.

It starts the server, writes down which processes they are, keeps the log small, starts the server
again when it crashes, and stops it when told to or when its owner is gone: it holds a pipe whose
other end closes however the owner dies, which works alike on Linux and macOS.
"""

import argparse
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil

from coach.livekit_server.health import healthy
from coach.livekit_server.log import rotate_when_large
from coach.livekit_server.processes import FORCE_SECONDS, GRACE_SECONDS, Mark, Record, end

log = logging.getLogger("coach.livekit_server.keeper")

STDIN = 0
POLL_SECONDS = 0.25
OWNER_GONE_GRACE_SECONDS = 2.0
BACKOFF_SECONDS = (0.2, 1.0, 2.0, 5.0, 10.0, 30.0)
STEADY_SECONDS = 60.0


class Keeper:
    """Runs one server until told to stop."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._command: list[str] = options.command
        self._port: int = options.port
        self._record: Path = options.record
        self._log: Path = options.log
        # A plain flag: setting a threading.Event in a signal handler can deadlock.
        self._stopping = False
        self._grace_s = GRACE_SECONDS

    def on_signal(self, *_: object) -> None:
        """Let the people in a session have a moment, then end."""
        self._stopping = True

    def watch_owner(self) -> None:
        """Wait until the owner's end of standard input closes, then end."""
        # Not sys.stdin: a thread in a buffered read aborts the interpreter's exit.
        while os.read(STDIN, 1):
            pass
        self._grace_s = OWNER_GONE_GRACE_SECONDS
        self._stopping = True

    def run(self) -> int:
        """Keep the server running; returns 1 when it failed at its first start."""
        failures = 0
        while True:
            started = time.monotonic()
            proved = self._run_once()
            if self._stopping:
                self._record.unlink(missing_ok=True)
                return 0
            if failures == 0 and not proved:
                return 1
            failures = 1 if time.monotonic() - started > STEADY_SECONDS else failures + 1
            log.error("livekit-server ended; starting it again")
            self._pause(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS)) - 1])

    def _run_once(self) -> bool:
        # Its settings come from our configuration alone: variables such as LIVEKIT_KEYS or NODE_IP
        # would override them.
        server = subprocess.Popen(  # noqa: S603 (the command that our own starter put together)
            self._command, env={}, stdin=subprocess.DEVNULL
        )
        try:
            Record(Mark.of(psutil.Process().pid), Mark.of(server.pid)).write(self._record)
            return self._watch(server)
        except psutil.NoSuchProcess:
            return False
        finally:
            if server.poll() is None:
                end([psutil.Process(server.pid)], self._grace_s, FORCE_SECONDS)

    def _watch(self, server: subprocess.Popen[bytes]) -> bool:
        """Until it ends; whether it was ever healthy, or was killed before it could be."""
        was_healthy = False
        while server.poll() is None and not self._stopping:
            was_healthy = was_healthy or healthy(self._port)
            rotate_when_large(self._log)
            time.sleep(POLL_SECONDS)
        return was_healthy or (server.returncode or 0) < 0

    def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._stopping:
            time.sleep(POLL_SECONDS)


def main() -> int:
    """Run as `python -m coach.livekit_server.keeper`; everything printed belongs to the log."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--record", type=Path, required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--owned", action="store_true", help="end when standard input closes")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    logging.basicConfig(format="%(asctime)s\t%(levelname)s\tkeeper\t%(message)s")
    keeper = Keeper(options)
    signal.signal(signal.SIGTERM, keeper.on_signal)
    signal.signal(signal.SIGINT, keeper.on_signal)
    if options.owned:
        threading.Thread(target=keeper.watch_owner, daemon=True).start()
    return keeper.run()


if __name__ == "__main__":
    sys.exit(main())
