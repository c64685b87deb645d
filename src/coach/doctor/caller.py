"""A test client: sends a tone, listens for one, and knows the way that its packets take."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
from livekit import rtc

from coach.doctor.rooms import FreshRoom
from coach.tasks import Tasks

RATE = 16000
FRAME = RATE // 50
TONE_HERTZ = 400.0
LOUD = 1000
ENOUGH_FRAMES = 25
RELAYED = 3
"""The kind of a local candidate that goes through a TURN server."""
QUEUE_MS = 200


class Caller:
    """One end of a test call."""

    def __init__(self, room: FreshRoom, identity: str, *, relayed: bool = False) -> None:
        self.identity = identity
        self.room = rtc.Room()
        self._where = room
        self._relayed = relayed
        self._tasks = Tasks()
        self._loud = 0
        self._changed = asyncio.Event()
        self._data: asyncio.Queue[rtc.DataPacket] = asyncio.Queue()
        self.room.on("track_subscribed", self._on_track)
        self.room.on("data_received", self._data.put_nowait)

    async def join(self) -> None:
        """Enter the room. Raises rtc.ConnectError."""
        ways = rtc.IceTransportType.TRANSPORT_RELAY if self._relayed else None
        config = rtc.RtcConfiguration(ice_transport_type=ways) if ways is not None else None
        await self.room.connect(
            self._where.server.url,
            self._where.token(self.identity),
            rtc.RoomOptions(rtc_config=config),
        )

    async def leave(self) -> None:
        """Go, leaving nothing behind."""
        await self._tasks.aclose()
        await self.room.disconnect()

    async def publish_tone(self) -> None:
        """Sound as a microphone would, until leaving."""
        source = rtc.AudioSource(RATE, 1, queue_size_ms=QUEUE_MS)
        track = rtc.LocalAudioTrack.create_audio_track("tone", source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        await self.room.local_participant.publish_track(track, options)
        self._tasks.start(_sound(source), "tone")

    async def hear(self) -> None:
        """Until half a second of tone has come in from now on."""
        until = self._loud + ENOUGH_FRAMES
        while self._loud < until:
            self._changed.clear()
            await self._changed.wait()

    async def send(self, payload: bytes, to: str) -> None:
        """A reliable data packet for one identity."""
        await self.room.local_participant.publish_data(
            payload, reliable=True, destination_identities=[to], topic="doctor"
        )

    async def receive(self) -> bytes:
        """The next data packet."""
        return (await self._data.get()).data

    async def over_tcp(self) -> None:
        """Leave UDP for TCP, as a network that blocks UDP makes a client do."""
        back = asyncio.Event()
        self.room.once("reconnected", back.set)
        await self.room.simulate_scenario(rtc.SimulateScenarioKind.SIMULATE_FORCE_TCP)
        await back.wait()

    async def way(self) -> str:
        """How packets go: "udp" or "tcp", with "relayed" before it through a TURN server."""
        stats = await self.room.get_rtc_stats()
        ways = [_way(list(side)) for side in (stats.publisher_stats, stats.subscriber_stats)]
        return next((way for way in ways if way), "")

    def _on_track(self, track: rtc.Track, *_: object) -> None:
        self._tasks.start(self._listen(track), "listen")

    async def _listen(self, track: rtc.Track) -> None:
        stream = rtc.AudioStream(track, sample_rate=RATE, num_channels=1)
        try:
            async for event in stream:
                if np.abs(np.frombuffer(event.frame.data, np.int16)).max() > LOUD:
                    self._loud += 1
                    self._changed.set()
        finally:
            await stream.aclose()


@asynccontextmanager
async def two_callers(
    room: FreshRoom, *, relayed: bool = False
) -> AsyncIterator[tuple[Caller, Caller]]:
    """Both in the room, until the block ends."""
    callers = (
        Caller(room, "doctor-1", relayed=relayed),
        Caller(room, "doctor-2", relayed=relayed),
    )
    try:
        await asyncio.gather(*(caller.join() for caller in callers))
        yield callers
    finally:
        for caller in callers:
            with contextlib.suppress(RuntimeError):
                await caller.leave()


async def _sound(source: rtc.AudioSource) -> None:
    moments = np.arange(FRAME) / RATE
    tone = (8000 * np.sin(2 * np.pi * TONE_HERTZ * moments)).astype(np.int16)
    while True:
        await source.capture_frame(rtc.AudioFrame(tone.tobytes(), RATE, 1, FRAME))


def _way(stats: list[Any]) -> str:
    """The way of the connection's selected pair of candidates, "" before there is one."""
    kinds: dict[str, Any] = {}
    selected = ""
    for entry in stats:
        kind = entry.WhichOneof("stats")
        kinds[getattr(entry, kind).rtc.id] = getattr(entry, kind)
        if kind == "transport":
            selected = entry.transport.transport.selected_candidate_pair_id
    pair = kinds.get(selected)
    local = kinds.get(pair.candidate_pair.local_candidate_id) if pair else None
    if local is None:
        return ""
    relayed = local.candidate.candidate_type == RELAYED
    return f"{'relayed ' if relayed else ''}{local.candidate.protocol}"
