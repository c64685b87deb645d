"""A clock that follows the sound: what is heard of it is told as fast as the machine can."""

import asyncio
from collections.abc import AsyncIterator

from livekit import rtc

from coach.worker.clock import SessionClock

FRAME = 320
RATE = 16_000


class SoundClock(SessionClock):
    """Its time is how much sound was offered, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.offered = 0.0

    def now(self) -> float:
        return self.offered

    async def frames(self, sound: bytes) -> AsyncIterator[rtc.AudioFrame]:
        """20 ms frames, each once others had their turn."""
        for place in range(0, len(sound), 2 * FRAME):
            await asyncio.sleep(0)
            self.offered += FRAME / RATE
            piece = sound[place : place + 2 * FRAME].ljust(2 * FRAME, b"\0")
            yield rtc.AudioFrame(piece, RATE, 1, FRAME)
