"""What the two people see and hear while something breaks."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise

from livekit import rtc
from tests.support.clients import RtcPerson, person
from tests.support.provider import HINT, Reply, ScriptedProvider
from tests.support.speech import utterances

GONE_S = 5.0
"""Within so long of the fault the page must say that the coach is offline."""
OFFLINE_AFTER_S = 4.5
TICK_S = 0.5
"""The page looks so often whether the last word is older than OFFLINE_AFTER_S."""
GAP_S = 1.5
"""Sound that stays away for longer than this would be noticed by people."""
SPEECH = utterances()["partner-scared"].path
SUGGESTED = "Invite them to notice where that part lives in the body."
SUGGESTIONS = (
    "Ask how old the scared one seems to be.",
    "Wait in silence until their breath slows down.",
    "Thank the protector for standing guard tonight.",
    "Wonder aloud whether curiosity could join them.",
    "Let the image in front of them grow clearer.",
)
APART_S = 8.0
"""Hints follow each other no sooner, at the liveliest pace."""
FIRST_CALL_S = 4.0
CALL_AGAIN_S = (3.0, 5.0, 5.0, 10.0, 20.0, 30.0)
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
        self.offline: list[float] = []
        self._facilitator = facilitator
        self._began = time.monotonic()
        self._called_at, self._calls, self._ticked = 0.0, 0, 0.0

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
        self._began = time.monotonic()
        while True:
            for status in self._facilitator.statuses[len(self.beats) :]:
                self.beats.append((time.monotonic(), status["state"], status["reason"]))
            self._tick()
            await self._call()
            await asyncio.sleep(LOOK_S)

    def _tick(self) -> None:
        now = time.monotonic()
        if now - self._ticked < TICK_S or not self.beats:
            return
        self._ticked, last = now, self.beats[-1][0]
        told = bool(self.offline) and self.offline[-1] > last
        if not told and now - last >= OFFLINE_AFTER_S:
            self.offline.append(now)

    async def _call(self) -> None:
        now = time.monotonic()
        last = self.beats[-1][0] if self.beats else self._began
        silent = now - last >= FIRST_CALL_S
        gone = bool(self.beats) and self._facilitator.coach() is None
        if not (silent or gone) or not self._facilitator.room.isconnected():
            self._calls = 0
            return
        wait = CALL_AGAIN_S[min(self._calls, len(CALL_AGAIN_S)) - 1] if self._calls else 0.0
        if now - self._called_at < wait:
            return
        self._called_at, self._calls = now, self._calls + 1
        try:
            await self._facilitator.post("/api/coach", {})
        except (OSError, AssertionError):
            self._calls = max(0, self._calls - 1)

    def told_offline(self, moment: float) -> float | None:
        """Seconds from the fault until the page said "AI offline"; None if it didn't."""
        return next((at - moment for at in self.offline if at > moment), None)

    def saw(self, moment: float) -> str:
        """What the page told the facilitator of it."""
        return "nothing" if self.told_offline(moment) is None else "AI offline"

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

    said: int = 0
    _suggestions: Iterator[str] = field(default_factory=lambda: itertools.cycle(SUGGESTIONS))

    async def until_heard(self, timeout_s: float = 40.0) -> None:
        await self.facilitator.until(self.facilitator.is_heard, timeout_s)

    async def until_back(self, since: float, timeout_s: float = 60.0) -> float:
        """When the coach, silent at `since`, spoke again and heard the partner."""
        await self.facilitator.until(
            lambda: self.watcher.beats[-1][0] > since and self.facilitator.is_heard(), timeout_s
        )
        return time.monotonic()

    async def expect_many_hints(self, provider: ScriptedProvider) -> None:
        """From now on each hint says something else, and they may follow each other soon."""
        provider.chat.default = lambda _: Reply(HINT.replace(SUGGESTED, next(self._suggestions)))
        await self.facilitator.call("coach.pace", {"pace": "lively"})

    async def hear_a_hint(self) -> None:
        """The partner speaks, and one more hint is on the screen."""
        before = len(self.seqs())
        await self.partner.say(SPEECH)
        self.said += 1
        await self.facilitator.until(lambda: len(self.seqs()) > before, timeout_s=40)

    async def hear_a_later_hint(self, since: float) -> None:
        """The same, as soon as the pace allows another hint than the last one before `since`."""
        await asyncio.sleep(max(0.0, since + APART_S - time.monotonic()))
        await self.hear_a_hint()

    def assert_each_once(self) -> None:
        """Every turn had its hint, each hint came once, numbered without a gap."""
        assert self.seqs() == list(range(1, self.said + 1)), self.facilitator.seen()

    def assert_sound(self, since: float) -> None:
        """The partner's sound went on at the facilitator since then."""
        gap = self.watcher.sound.longest_gap(since, time.monotonic())
        assert gap < GAP_S, f"{gap:.1f} s without sound"

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
    async with (
        person("facilitator", web) as facilitator,
        person("partner", web) as partner,
        talking(facilitator, partner) as both,
    ):
        yield both


@asynccontextmanager
async def talking(facilitator: RtcPerson, partner: RtcPerson) -> AsyncIterator[Call]:
    """Two people who have joined: the partner heard by the facilitator and by the coach."""
    facilitator.stop_calling()
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
