"""The recogniser is asked at a dip already, and no word is told twice for it."""

import asyncio
import wave

import pytest
from pydantic import SecretStr
from tests.support.provider import Reply, ScriptedProvider, scripted_provider
from tests.support.roomless import ample_budget
from tests.support.speech import utterances
from tests.support.stepped import RATE, SoundClock

from coach.hints.events import Event, SegmentCut, SegmentHeard, SpeechStarted, SpeechStopped
from coach.settings import Settings
from coach.tasks import Tasks
from coach.worker.ear import GUESSES
from coach.worker.hearing import Hearing
from coach.worker.providers import recogniser
from coach.worker.recogniser import Recogniser
from coach.worker.service import Service
from coach.worker.voice import SILENCE_SECONDS

pytestmark = pytest.mark.integration

SILENCE = b"\0" * RATE * 2


async def heard(provider: ScriptedProvider, sound: bytes) -> list[Event]:
    """What comes of a recording, which passes much faster than the recogniser answers."""
    tasks, clock, events = Tasks(), SoundClock(), list[Event]()
    settings = Settings(openai_api_key=SecretStr("sk-test"), openai_base_url=provider.base_url)
    whisper = recogniser(settings)
    budget = ample_budget()
    ear = Recogniser([Service(whisper, "stt", "first")], lambda _: None, budget)
    hearing = Hearing(ear, events.append, clock, tasks)
    hearing.open()
    await hearing.listen(clock.frames(sound))
    async with asyncio.timeout(20):
        while waiting := tasks._running:
            await asyncio.wait(waiting)
    await whisper.aclose()
    return events


def spoken(name: str) -> bytes:
    with wave.open(str(utterances()[name].path), "rb") as sound:
        return sound.readframes(sound.getnframes())


async def test_each_segment_is_answered_once_and_asked_for_before_its_silence_has_held() -> None:
    async with scripted_provider() as provider:
        provider.speech.default = Reply("so it is", delay_s=2.0)
        events = await heard(provider, spoken("partner-monologue") + SILENCE)
        answered = [call for call in provider.speech_calls if call.outcome == "answered"]
        given_up = [call for call in provider.speech_calls if call.outcome == "cut"]
    segments = [event for event in events if isinstance(event, SegmentHeard)]
    assert len(segments) == len(answered) == sum(isinstance(one, SegmentCut) for one in events)
    assert len(given_up) <= GUESSES * len(answered)
    last, audio_s = segments[-1].segment, max(answered, key=lambda call: call.at).audio_s
    spoken_s = last.ended - last.started
    assert spoken_s < audio_s < spoken_s + 2 * SILENCE_SECONDS


async def test_speech_starts_and_stops_in_order_whatever_is_guessed() -> None:
    async with scripted_provider() as provider:
        events = await heard(provider, spoken("partner-father") + SILENCE)
    bounds = [event for event in events if isinstance(event, SpeechStarted | SpeechStopped)]
    assert isinstance(bounds[0], SpeechStarted)
    assert isinstance(bounds[-1], SpeechStopped)
    assert {type(one) for one in bounds[::2]} == {SpeechStarted}
