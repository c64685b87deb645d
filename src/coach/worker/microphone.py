"""The session's only audio source: the partner's microphone, while it may be heard."""

import asyncio
from collections.abc import Callable

from livekit import rtc
from livekit.agents.voice.io import AudioInput
from livekit.rtc._ffi_client import FfiClient

from coach.tasks import Tasks

SAMPLE_RATE = 16_000
FRAME_MS = 32
"""What the detector looks at at once: a shorter frame would wake the session for nothing."""
BUFFER_FRAMES = 300


class _Sound(rtc.AudioStream):
    """A track's sound that wakes its own session alone. The library tells every stream of every
    frame in the process, so that each of n sessions would be woken n times as often.
    """

    def __init__(self, track: rtc.Track) -> None:
        super().__init__(track, sample_rate=SAMPLE_RATE, num_channels=1, frame_size_ms=FRAME_MS)
        events = FfiClient.instance.queue
        events.unsubscribe(self._ffi_queue)
        self._ffi_queue = events.subscribe(self._loop, filter_fn=self._is_event)


class PartnerMicrophone(AudioInput):
    """Yields 32 ms mono frames at 16 kHz of the open track, and nothing while closed."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(label="partner-microphone")
        self._tasks = tasks
        self._frames: asyncio.Queue[rtc.AudioFrame] = asyncio.Queue(BUFFER_FRAMES)
        self._stream: rtc.AudioStream | None = None
        self._track: rtc.Track | None = None
        self._flowing = False
        self._arrived = 0

    @property
    def track(self) -> rtc.Track | None:
        """The open track; None while closed. A new subscription to the same microphone is another
        track of the same sid, and the sound of the one before has ended.
        """
        return self._track

    @property
    def arrived(self) -> int:
        """How many frames have come so far, of all tracks: a track that is heard never rests."""
        return self._arrived

    @property
    def flowing(self) -> bool:
        """Whether sound of the open track has arrived: a subscription alone is not yet hearing."""
        return self._flowing

    def open(self, track: rtc.Track, arrived: Callable[[], None]) -> None:
        """Read this track from now on, and no other; `arrived` is told of its first sound."""
        self.close()
        stream = _Sound(track)
        self._stream, self._track = stream, track
        self._tasks.start(self._pump(stream, arrived), "microphone")

    def close(self) -> None:
        """Stop at once; frames that were read but not yet passed on are forgotten."""
        if (stream := self._forget()) is not None:
            self._tasks.start(stream.aclose(), "microphone-close")

    async def aclose(self) -> None:
        """Stop, and wait until the track is let go: its events must not outlive the session."""
        if (stream := self._forget()) is not None:
            await stream.aclose()

    def _forget(self) -> rtc.AudioStream | None:
        stream, self._stream, self._track = self._stream, None, None
        self._flowing = False
        while not self._frames.empty():
            self._frames.get_nowait()
        return stream

    async def _pump(self, stream: rtc.AudioStream, arrived: Callable[[], None]) -> None:
        async for event in stream:
            if self._stream is not stream:
                return
            self._arrived += 1
            if not self._flowing:
                self._flowing = True
                arrived()
            await self._frames.put(event.frame)

    async def __anext__(self) -> rtc.AudioFrame:
        return await self._frames.get()
