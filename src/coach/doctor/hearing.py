"""Voice detection and speech recognition, on a sentence that comes with the product."""

import time
import wave
from importlib import resources

from livekit import rtc
from livekit.agents import APIConnectOptions, APIError

from coach.doctor.case import Case
from coach.doctor.finding import Finding, failed, passed, warned
from coach.doctor.service import Service, refusal, services
from coach.hints import words
from coach.settings import Settings
from coach.worker.providers import recogniser
from coach.worker.voice import Onset, VoiceActivity

SAID = "There is a part of me that feels really scared."
ANSWER_SECONDS = 20.0
CALL = APIConnectOptions(max_retry=0, timeout=ANSWER_SECONDS)
GOOD_RATE = 0.2
POOR_RATE = 0.5
FRAME = 320
TIGHT = 0.5


async def vad(_case: Case) -> Finding:
    """Voice is found in the sentence, in less time than it takes to say it."""
    frames = sentence()
    voice = VoiceActivity()
    began = time.monotonic()
    starts = [heard for frame in frames for heard in voice.push(frame) if isinstance(heard, Onset)]
    share = (time.monotonic() - began) / sum(frame.duration for frame in frames)
    if not starts:
        return failed("no voice was found in a spoken sentence", "uv sync --reinstall")
    if share > TIGHT:
        made = failed if share > 1 else warned
        return made(
            f"voice detection takes {share:.2f} s a second of speech",
            "give the worker a faster or less busy processor",
        )
    return passed(f"voice is found in {share:.3f} s a second of speech")


async def speech(case: Case) -> Finding:
    """The sentence comes back as words."""
    async with services(case) as (settings, rehearsal):
        service = Service("stt", settings)
        began = time.monotonic()
        try:
            heard = await _recognised(settings)
        except (APIError, TimeoutError) as failure:
            return refusal(service, failure)
        seconds = time.monotonic() - began
    rate = word_error_rate(SAID, heard)
    who = "the rehearsal's recogniser" if rehearsal else f"{service.model} at {service.host}"
    reason = f"{who} heard {1 - rate:.0%} of a sentence's words, in {seconds:.1f} s"
    if rate > POOR_RATE:
        return failed(reason, f"set {service.model_key} to a model for English speech")
    if rate > GOOD_RATE:
        return warned(reason, f"set {service.model_key} to a better model")
    return passed(reason)


async def _recognised(settings: Settings) -> str:
    spoken = settings.model_copy(
        update={"speech_language": "en" if settings.speech_language else ""}
    )
    ear = recogniser(spoken)
    try:
        event = await ear.recognize(sentence(), conn_options=CALL)
    finally:
        await ear.aclose()
    return event.alternatives[0].text if event.alternatives else ""


def sentence() -> list[rtc.AudioFrame]:
    """The spoken sentence, 16 kHz mono, in frames of 20 ms."""
    file = resources.files("coach.doctor").joinpath("speech.wav")
    with file.open("rb") as stream, wave.open(stream, "rb") as sound:
        rate, data = sound.getframerate(), sound.readframes(sound.getnframes())
    size = 2 * FRAME
    return [
        rtc.AudioFrame(data[at : at + size], rate, 1, FRAME)
        for at in range(0, len(data) - size + 1, size)
    ]


def word_error_rate(said: str, heard: str) -> float:
    """Words to insert, drop or replace, over the words that were said; at most 1."""
    wanted, found = words.words(said), words.words(heard)
    row = list(range(len(found) + 1))
    for number, word in enumerate(wanted, 1):
        before, row[0] = row[0], number
        for at, other in enumerate(found, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (word != other))
    return min(1.0, row[-1] / len(wanted))
