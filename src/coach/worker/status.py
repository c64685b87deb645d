"""What the coach is doing, told to the facilitator every two seconds and on change."""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from livekit import rtc

from coach.protocol import TOPIC_STATUS
from coach.worker.stream import send_text

log = logging.getLogger("coach.worker")

BEAT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Status:
    """One heartbeat's body; `last_heard_at` is ms since the epoch, None before any speech."""

    state: str
    reason: str
    last_heard_at: int | None
    last_seq: int
    session: str
    pace: str
    listening: str
    captions: bool
    mode: str


class StatusReporter:
    """Sends `read()` as the heartbeat; `changed` makes the next one come at once."""

    def __init__(self, room: rtc.Room, facilitator: str, read: Callable[[], Status]) -> None:
        self._room = room
        self._facilitator = facilitator
        self._read = read
        self._change = asyncio.Event()
        self._sent: Status | None = None

    def changed(self) -> None:
        """Something may read differently now."""
        self._change.set()

    def again(self) -> None:
        """Send once more although nothing is different: somebody new may be listening."""
        self._sent = None
        self._change.set()

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            await self._send(self._read())
            try:
                async with asyncio.timeout(BEAT_SECONDS):
                    await self._until_different()
            except TimeoutError:
                continue

    async def _until_different(self) -> None:
        while True:
            await self._change.wait()
            self._change.clear()
            if self._read() != self._sent:
                return

    async def _send(self, status: Status) -> None:
        self._sent = status
        if self._facilitator not in self._room.remote_participants:
            return
        body = {**asdict(status), "at": time.time_ns() // 1_000_000}
        try:
            await send_text(self._room, self._facilitator, TOPIC_STATUS, json.dumps(body))
        except (rtc.StreamError, OSError) as failure:
            log.warning("Status not sent", extra={"error": type(failure).__name__})
