"""Speech without a pause: nothing is lost, nothing is heard twice, nothing of a pause is heard."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import pairwise
from typing import Any

import pytest
import pytest_asyncio
from livekit import rtc
from pydantic import SecretStr
from tests.support.hints import Driver
from tests.support.monologue import RATE, Monologue
from tests.support.provider import Reply, ScriptedProvider, scripted_provider
from tests.support.roomless import ample_budget
from tests.support.stepped import FRAME, SoundClock

from coach.hints.events import (
    Event,
    ListeningPaused,
    ListeningResumed,
    NoteSegment,
    SegmentFailed,
    SegmentHeard,
    StartDraft,
)
from coach.settings import Settings
from coach.tasks import Tasks
from coach.worker.ear import Ear, Finding, Guess
from coach.worker.hearing import Hearing
from coach.worker.providers import recogniser
from coach.worker.recogniser import Recogniser
from coach.worker.segmenter import HARD_LIMIT_SECONDS, Cut, duration
from coach.worker.service import Service
from coach.worker.voice import VoiceActivity

pytestmark = pytest.mark.integration

ONSET_S = 0.1
WINDOW_S = 0.032
LEAST_S = 0.1
"""The recogniser refuses shorter sound."""
PAUSE, RESUME, END = 41.0, 50.0, 70.0
"""Where listening stops, just after a cut; where it goes on; and where the speech is left."""
SPEECH = Monologue(180.0)

Deed = Callable[[], Awaitable[None]]


class Listener:
    """The worker's ear and the engine behind it, on the sound's own clock."""

    def __init__(self, provider: ScriptedProvider, tasks: Tasks) -> None:
        self.provider = provider
        self.tasks = tasks
        self.driver = Driver()
        self.events: list[Event] = []
        self.clock = SoundClock()
        key = SecretStr("sk-test")
        self.whisper = recogniser(Settings(openai_api_key=key, openai_base_url=provider.base_url))
        budget = ample_budget()
        self.recogniser = Recogniser(
            [Service(self.whisper, "stt", "first")], lambda _: None, budget
        )
        self.hearing = Hearing(self.recogniser, self.post, self.clock, tasks)
        self.hearing.open()

    def post(self, event: Event) -> None:
        self.events.append(event)
        self.driver.send(event, self.clock.now())

    async def hear(self, until: float, deeds: dict[float, Deed] | None = None) -> None:
        """The speech so far; each deed is done when the sound has come to its second."""
        await self.hearing.listen(self._frames(until, deeds or {}))
        await self.settled()

    async def settled(self) -> None:
        """Until no sound is on its way, and no segment with the recogniser."""
        async with asyncio.timeout(20):
            while on_their_way := self.tasks._running:
                await asyncio.wait(on_their_way)

    async def _frames(
        self, until: float, deeds: dict[float, Deed]
    ) -> AsyncIterator[rtc.AudioFrame]:
        edges = pairwise([0.0, *deeds, until])
        for (start, end), deed in zip(edges, [*deeds.values(), _nothing], strict=True):
            sound = SPEECH.samples[round(start * RATE) : round(end * RATE)].tobytes()
            async for frame in self.clock.frames(sound):
                yield frame
            await deed()

    def places(self) -> list[tuple[float, float]]:
        """Where in the speech each segment that reached the recogniser comes from, in order; a
        call ahead of its end, given up since the speech went on, has the segment's own start.
        """
        calls = sorted(SPEECH.place(call.audio) for call in self.provider.speech_calls)
        return list(dict(calls).items())

    def noted(self) -> str:
        return " ".join(note.text for note in self.driver.all(NoteSegment))


def _quiet_at(moment: float) -> bool:
    """Whether a cut here hardly tears a word."""
    around = SPEECH.samples[round((moment - WINDOW_S) * RATE) : round(moment * RATE)]
    return float(around.astype(float).std()) < float(SPEECH.samples.astype(float).std()) / 2


async def _nothing() -> None:
    """The speech is over."""


@pytest_asyncio.fixture
async def listener() -> AsyncIterator[Listener]:
    tasks = Tasks()
    async with scripted_provider() as provider:
        provider.speech.default = SPEECH.transcribe
        listener = Listener(provider, tasks)
        yield listener
        await tasks.aclose()
        await listener.whisper.aclose()


async def test_three_minutes_without_a_pause_reach_the_model_whole(listener: Listener) -> None:
    await listener.hear(SPEECH.seconds)
    places = listener.places()
    assert places[0][0] <= ONSET_S
    assert places[-1][1] >= SPEECH.seconds - WINDOW_S - FRAME / RATE
    assert [end for _, end in places[:-1]] == pytest.approx([start for start, _ in places[1:]])
    assert max(end - start for start, end in places) <= HARD_LIMIT_SECONDS + 2 * WINDOW_S
    assert all(_quiet_at(end) for _, end in places[:-1])
    listener.driver.wait(SPEECH.seconds + 5)
    request = listener.driver.all(StartDraft)[-1]
    assert json.dumps(SPEECH.text()) in request.messages[-1].text


def test_no_segment_and_no_guess_is_of_silence_alone() -> None:
    clock, found = SoundClock(), list[Finding]()
    ear = Ear(clock, found.append)
    for place in range(0, len(SPEECH.samples), FRAME):
        sound = SPEECH.samples[place : place + FRAME].tobytes()
        clock.offered += FRAME / RATE
        ear.push(rtc.AudioFrame(sound, RATE, 1, len(sound) // 2))
    ear.finish()
    cuts = [one.cut if isinstance(one, Guess) else one for one in found]
    lengths = [duration(cut.frames) for cut in cuts if isinstance(cut, Cut)]
    assert len(lengths) > SPEECH.seconds / HARD_LIMIT_SECONDS
    assert min(lengths) >= LEAST_S


async def test_a_pause_keeps_what_was_cut_and_sends_nothing_said_in_it(listener: Listener) -> None:
    async def pause() -> None:
        listener.hearing.close(finish=False)
        listener.post(ListeningPaused())
        await listener.settled()

    async def resume() -> None:
        listener.hearing.open()
        listener.post(ListeningResumed())

    listener.provider.speech.default = lambda call: Reply(
        SPEECH.text(*SPEECH.place(call.audio)), delay_s=0.5
    )
    await listener.hear(END, {PAUSE: pause, RESUME: resume})
    before = [place for place in listener.places() if place[1] <= PAUSE]
    after = [place for place in listener.places() if place[0] >= RESUME]
    assert len(before) + len(after) == len(listener.places())
    assert before[-1][1] >= PAUSE - HARD_LIMIT_SECONDS
    assert after[0][0] <= RESUME + ONSET_S
    assert not any(isinstance(event, SegmentFailed) for event in listener.events)
    assert listener.noted() == " ".join(
        [SPEECH.text(before[0][0], before[-1][1]), SPEECH.text(after[0][0], END)]
    )


async def test_a_mute_in_mid_speech_ends_the_segment_and_loses_nothing(listener: Listener) -> None:
    async def mute() -> None:
        listener.hearing.flush()

    await listener.hear(END, {PAUSE: mute})
    places = listener.places()
    ends = [end for _, end in places if PAUSE - WINDOW_S <= end <= PAUSE]
    assert len(ends) == 1
    missed = sum(start - end for (_, end), (start, _) in pairwise(places))
    assert missed <= ONSET_S + WINDOW_S


async def test_a_withdrawn_consent_forgets_even_what_is_with_the_recogniser(
    listener: Listener,
) -> None:
    async def withdraw() -> None:
        heard.extend(event for event in listener.events if isinstance(event, SegmentHeard))
        listener.hearing.forget()
        listener.post(ListeningPaused())

    heard: list[SegmentHeard] = []
    listener.provider.speech.default = lambda call: Reply(
        SPEECH.text(*SPEECH.place(call.audio)), delay_s=3.0
    )
    await listener.hear(END, {PAUSE: withdraw})
    said = [event for event in listener.events if isinstance(event, SegmentHeard)]
    assert said == heard
    assert any(isinstance(event, SegmentFailed) for event in listener.events)
    assert listener.places()[-1][1] <= PAUSE


async def test_a_fault_while_a_segment_is_recognised_costs_that_segment_alone(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    recognise = listener.recogniser.recognise

    async def failing(cut: Cut, *given: Any) -> Any:
        if cut.started < ONSET_S:
            raise KeyError("said")
        return await recognise(cut, *given)

    monkeypatch.setattr(listener.recogniser, "recognise", failing)
    await listener.hear(END)
    assert sum(isinstance(event, SegmentFailed) for event in listener.events) == 1
    (first, *_), (*_, (_, last)) = listener.places(), listener.places()
    assert listener.noted() == SPEECH.text(first[0], last)


async def test_a_fault_in_a_piece_of_sound_leaves_nobody_deaf(
    listener: Listener, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    push, pieces = VoiceActivity.push, itertools.count()

    def failing(voice: VoiceActivity, frame: rtc.AudioFrame) -> Any:
        if next(pieces) == round(PAUSE * RATE / FRAME):
            raise KeyError("said")
        return push(voice, frame)

    monkeypatch.setattr(VoiceActivity, "push", failing)
    await listener.hear(END)
    assert [place for place in listener.places() if place[0] >= PAUSE]
    assert [record.getMessage() for record in caplog.records] == ["Sound not heard; listening anew"]
    assert "said" not in caplog.text
