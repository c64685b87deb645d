"""What the two people see and hear while something breaks."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise

from livekit import rtc
from tests.support.clients import RtcPerson, person

GONE_S = 5.0
"""Without a word from the coach for so long, the page says that it is offline."""
FIRST_CALL_S = 4.0
CALL_AGAIN_S = (5.0, 10.0, 20.0, 30.0)
LOOK_S = 0.05


@dataclass(slots=True)
class Sound:
    """The other person's microphone as it arrives: when each 20 ms frame came."""

    at: list[float] = field(default_factory=list)

    def longest_gap(self, since: float, until: float) -> float:
        """Seconds without sound within this stretch."""
        inside = [moment for moment in self.at if since <= moment <= until]
        return max(later - earlier for earlier, later in pairwise([since, *inside, until]))


class Watcher:
    """The facilitator's page: what it hears of the partner and of the coach, and asking for one."""

    def __init__(self, facilitator: RtcPerson) -> None:
        self.sound = Sound()
        self.beats: list[tuple[float, str, str]] = []
        self._facilitator = facilitator
        self._called_at, self._calls = 0.0, 0

    async def listen(self) -> None:
        """Count the partner's frames, also of a track that follows the first, until cancelled."""
        counting: asyncio.Task[None] | None = None
        heard: rtc.Track | None = None
        try:
            while True:
                track = _microphone(self._facilitator.room)
                if track is not None and track is not heard:
                    heard = track
                    if counting:
                        counting.cancel()
                    counting = asyncio.create_task(self._count(track))
                await asyncio.sleep(LOOK_S)
        finally:
            if counting:
                counting.cancel()

    async def _count(self, track: rtc.Track) -> None:
        stream = rtc.AudioStream.from_track(track=track, sample_rate=16_000, num_channels=1)
        async for _ in stream:
            self.sound.at.append(time.monotonic())

    async def look(self) -> None:
        """Follow the coach's word, and call one when it is missed, until cancelled."""
        self._called_at = time.monotonic()
        while True:
            for status in self._facilitator.statuses[len(self.beats) :]:
                self.beats.append((time.monotonic(), status["state"], status["reason"]))
            await self._call()
            await asyncio.sleep(LOOK_S)

    async def _call(self) -> None:
        now = time.monotonic()
        if not self.beats or now - self.beats[-1][0] < FIRST_CALL_S:
            self._calls = 0
            return
        wait = CALL_AGAIN_S[min(self._calls, len(CALL_AGAIN_S)) - 1] if self._calls else 0.0
        if now - self._called_at < wait:
            return
        self._called_at, self._calls = now, self._calls + 1
        with contextlib.suppress(OSError, AssertionError):
            await self._facilitator.post("/api/coach", {})

    def silent_since(self, moment: float) -> float:
        """The last word of the coach before a silence that began after `moment`, and held."""
        times = [at for at, _, _ in self.beats if at >= moment - GONE_S] + [time.monotonic()]
        return next(one for one, after in pairwise(times) if after - one >= GONE_S)

    def told_offline(self, moment: float) -> float:
        """Seconds from the fault until the page said "AI offline"."""
        return self.silent_since(moment) + GONE_S - moment

    def back(self, moment: float) -> float | None:
        """When the coach spoke again after the silence that followed the fault."""
        quiet = self.silent_since(moment)
        return next((at for at, _, _ in self.beats if at > quiet), None)

    def longest_silence(self, since: float, until: float) -> float:
        """Seconds without a word of the coach within this stretch."""
        inside = [at for at, _, _ in self.beats if since <= at <= until]
        return max(later - earlier for earlier, later in pairwise([since, *inside, until]))

    def first(self, moment: float, *states: str) -> tuple[float, str, str] | None:
        """The first word after `moment` with one of these states."""
        return next((beat for beat in self.beats if beat[0] > moment and beat[1] in states), None)


@dataclass(slots=True)
class Call:
    """Two people in a call, the coach beside them."""

    facilitator: RtcPerson
    partner: RtcPerson
    watcher: Watcher

    async def until_heard(self, timeout_s: float = 40.0) -> None:
        await self.facilitator.until(self.facilitator.is_heard, timeout_s)

    def seqs(self) -> list[int]:
        """The numbers of the complete hints, as they came."""
        return [int(hint.attributes["seq"]) for hint in self.facilitator.hints if hint.complete]


def _microphone(room: rtc.Room) -> rtc.Track | None:
    partner = room.remote_participants.get("partner")
    for publication in partner.track_publications.values() if partner else ():
        if publication.track is not None and publication.kind == rtc.TrackKind.KIND_AUDIO:
            return publication.track
    return None


@asynccontextmanager
async def call(web: str) -> AsyncIterator[Call]:
    """Both people in the room, the partner heard by the facilitator and by the coach."""
    async with person("facilitator", web) as facilitator, person("partner", web) as partner:
        watcher = Watcher(facilitator)
        watching = [asyncio.create_task(watcher.listen()), asyncio.create_task(watcher.look())]
        try:
            await partner.publish_microphone()
            await partner.agree()
            both = Call(facilitator, partner, watcher)
            await both.until_heard()
            await facilitator.until(lambda: watcher.sound.at)
            yield both
        finally:
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
