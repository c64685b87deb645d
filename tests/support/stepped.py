"""A real detector on a clock that follows the sound: as fast as the machine, to the same result."""

import asyncio
from collections.abc import AsyncIterator

from livekit import rtc
from livekit.agents import vad

from coach.worker.clock import SessionClock

FRAME = 320
RATE = 16_000
AHEAD_S = 0.06


class SoundClock(SessionClock):
    """Its time is how much sound was offered, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.offered = 0.0

    def now(self) -> float:
        return self.offered


class SteppedDetector(vad.VAD):
    """Lets no more sound in than the detector inside can look at meanwhile."""

    def __init__(self, inside: vad.VAD, clock: SoundClock) -> None:
        super().__init__(capabilities=inside.capabilities)
        self._inside = inside
        self._clock = clock
        self._behind = 0.0
        self._moved = asyncio.Event()

    def stream(self) -> vad.VADStream:
        self._behind = 0.0
        return _Stepped(self._inside.stream(), self)

    def move(self, seconds: float) -> None:
        """So much sound was put in; negative: was looked at."""
        self._behind += seconds
        self._moved.set()

    async def frames(self, sound: bytes) -> AsyncIterator[rtc.AudioFrame]:
        """20 ms frames, each as soon as the detector is near."""
        for place in range(0, len(sound), 2 * FRAME):
            while self._behind > AHEAD_S:
                self._moved.clear()
                await self._moved.wait()
            self._clock.offered += FRAME / RATE
            piece = sound[place : place + 2 * FRAME].ljust(2 * FRAME, b"\0")
            yield rtc.AudioFrame(piece, RATE, 1, FRAME)


class _Stepped(vad.VADStream):
    def __init__(self, inside: vad.VADStream, detector: SteppedDetector) -> None:
        self._inside = inside
        self._detector = detector

    def push_frame(self, frame: rtc.AudioFrame) -> None:
        self._inside.push_frame(frame)
        self._detector.move(frame.duration)

    def end_input(self) -> None:
        self._inside.end_input()

    async def aclose(self) -> None:
        await self._inside.aclose()

    async def __anext__(self) -> vad.VADEvent:
        event = await self._inside.__anext__()
        if event.type == vad.VADEventType.INFERENCE_DONE:
            self._detector.move(-event.frames[0].duration)
        return event

    async def _main_task(self) -> None:
        """The stream inside has one."""
