"""The two people of a room: one who speaks in real time, one who reads and hears."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from bench.sound import FRAME, RATE, Samples, Sound, last_loud
from livekit import rtc

QUEUE_MS = 200


class Microphone:
    """Speaks when told to and sends silence otherwise, as an open microphone does."""

    def __init__(self) -> None:
        self._source = rtc.AudioSource(RATE, 1, queue_size_ms=QUEUE_MS)
        self._sounds: asyncio.Queue[tuple[Sound, asyncio.Future[float]]] = asyncio.Queue()

    async def publish(self, room: rtc.Room) -> None:
        """Offer the track."""
        track = rtc.LocalAudioTrack.create_audio_track("microphone", self._source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        await room.local_participant.publish_track(track, options)

    async def say(self, sound: Sound) -> float:
        """Speak; returns at its end the monotonic time when the last audible sample was played."""
        ended: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._sounds.put_nowait((sound, ended))
        return await ended

    async def run(self) -> None:
        """Feed the track until cancelled."""
        silence = np.zeros(FRAME, np.int16)
        while True:
            if self._sounds.empty():
                await self._play(silence)
            else:
                await self._speak(*self._sounds.get_nowait())

    async def _speak(self, sound: Sound, ended: asyncio.Future[float]) -> None:
        for start in range(0, len(sound.samples), FRAME):
            await self._play(sound.samples[start : start + FRAME])
        played = time.monotonic() + self._source.queued_duration
        ended.set_result(played - (len(sound.samples) - 1 - sound.last_loud) / RATE)

    async def _play(self, samples: Samples) -> None:
        await self._source.capture_frame(rtc.AudioFrame(samples.tobytes(), RATE, 1, len(samples)))


class Ear:
    """Hears what everyone in the room hears, once told to, and knows when sound last arrived."""

    def __init__(self, room: rtc.Room, speaker: str) -> None:
        self.last_loud_at = 0.0
        self._room = room
        self._speaker = speaker
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Listen from now on: to decode costs, and a crowd goes without."""
        self._room.on("track_subscribed", self._subscribed)
        for person in self._room.remote_participants.values():
            for publication in person.track_publications.values():
                if publication.track is not None:
                    self._subscribed(publication.track, publication, person)

    def close(self) -> None:
        """Stop listening."""
        for task in self._tasks:
            task.cancel()

    def _subscribed(
        self,
        track: rtc.Track,
        _publication: rtc.RemoteTrackPublication,
        participant: rtc.RemoteParticipant,
    ) -> None:
        if participant.identity == self._speaker and track.kind == rtc.TrackKind.KIND_AUDIO:
            self._tasks.add(asyncio.get_running_loop().create_task(self._listen(track)))

    async def _listen(self, track: rtc.Track) -> None:
        stream = rtc.AudioStream.from_track(
            track=track, sample_rate=RATE, num_channels=1, frame_size_ms=10
        )
        async for event in stream:
            if last_loud(np.frombuffer(event.frame.data, np.int16)) >= 0:
                self.last_loud_at = time.monotonic()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stream so far: when it was opened, and when this much of it had arrived; monotonic seconds.
    `ended`: that was all.
    """

    text: str
    opened_at: float
    at: float
    ended: bool


class Reader:
    """Reads one topic's text streams, piece by piece."""

    def __init__(
        self, room: rtc.Room, topic: str, ignored: str, arrived: Callable[[Piece], None]
    ) -> None:
        self._ignored = ignored
        self._arrived = arrived
        self._tasks: set[asyncio.Task[None]] = set()
        room.register_text_stream_handler(topic, self._opened)

    def _opened(self, stream: rtc.TextStreamReader, sender: str) -> None:
        if sender == self._ignored:
            return
        task = asyncio.get_running_loop().create_task(self._read(stream))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _read(self, stream: rtc.TextStreamReader) -> None:
        text, opened_at = "", time.monotonic()
        with contextlib.suppress(rtc.StreamError):
            async for chunk in stream:
                text += chunk
                self._arrived(Piece(text, opened_at, time.monotonic(), ended=False))
            self._arrived(Piece(text, opened_at, time.monotonic(), ended=True))
