"""The session's only audio source: the partner's microphone, while it may be heard."""

import asyncio

from livekit import rtc
from livekit.agents.voice.io import AudioInput

from coach.tasks import Tasks

SAMPLE_RATE = 16_000
FRAME_MS = 20
BUFFER_FRAMES = 500


class PartnerMicrophone(AudioInput):
    """Yields 20 ms mono frames at 16 kHz of the open track, and nothing while closed."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(label="partner-microphone")
        self._tasks = tasks
        self._frames: asyncio.Queue[rtc.AudioFrame] = asyncio.Queue(BUFFER_FRAMES)
        self._stream: rtc.AudioStream | None = None
        self._track_sid = ""

    @property
    def track_sid(self) -> str:
        """The open track; empty while closed."""
        return self._track_sid

    def open(self, track: rtc.Track) -> None:
        """Read this track from now on, and no other."""
        if self._track_sid == track.sid:
            return
        self.close()
        stream = rtc.AudioStream.from_track(
            track=track, sample_rate=SAMPLE_RATE, num_channels=1, frame_size_ms=FRAME_MS
        )
        self._stream, self._track_sid = stream, track.sid
        self._tasks.start(self._pump(stream), "microphone")

    def close(self) -> None:
        """Stop at once; frames that were read but not yet passed on are forgotten."""
        stream, self._stream, self._track_sid = self._stream, None, ""
        while not self._frames.empty():
            self._frames.get_nowait()
        if stream is not None:
            self._tasks.start(stream.aclose(), "microphone-close")

    async def _pump(self, stream: rtc.AudioStream) -> None:
        async for event in stream:
            if self._stream is not stream:
                return
            await self._frames.put(event.frame)

    async def __anext__(self) -> rtc.AudioFrame:
        return await self._frames.get()
