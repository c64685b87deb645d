"""The rehearsal as the worker meets it: a real child, the real recogniser, OpenAI's own client."""

import asyncio
import io
import re
import subprocess
import sys
import wave
from collections import Counter
from collections.abc import AsyncIterator

import numpy as np
import openai
import psutil
import pytest
import pytest_asyncio
from openai.types.audio import TranscriptionVerbose
from tests.support.processes import until
from tests.support.speech import Utterance, utterances

from coach.hints.parser import SectionParser, is_thinking
from coach.rehearsal import Provider, running_rehearsal

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

PARTNER = {name: said for name, said in utterances().items() if said.speaker == "partner"}
SMALL_WORDS = frozenset(
    re.findall(r"\S+", "a and at be i i'm am if in is it me my of so that the there to was with")
)
START_AND_WAIT = """
import asyncio
from coach.rehearsal import running_rehearsal
async def main():
    async with running_rehearsal():
        print("ready", flush=True)
        await asyncio.sleep(600)
asyncio.run(main())
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def provider() -> AsyncIterator[Provider]:
    async with running_rehearsal() as running:
        yield running


@pytest.fixture
def client(provider: Provider) -> openai.AsyncOpenAI:
    key = provider.api_key.get_secret_value()
    return openai.AsyncOpenAI(base_url=provider.base_url, api_key=key, max_retries=0)


async def hear(client: openai.AsyncOpenAI, sound: bytes) -> TranscriptionVerbose:
    return await client.audio.transcriptions.create(
        file=("speech.wav", sound, "audio/wav"), model="whisper-1", response_format="verbose_json"
    )


async def ask(client: openai.AsyncOpenAI, said: str) -> str:
    """The hint as it streams in."""
    stream = await client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[
            {"role": "system", "content": "SUMMARY: … SUGGESTION: … FOLLOW-UP: … REMINDER: …"},
            {"role": "user", "content": said},
        ],
        stream=True,
    )
    pieces = [chunk.choices[0].delta.content or "" async for chunk in stream]
    assert len(pieces) > 1
    return "".join(pieces)


def content_words(text: str) -> Counter[str]:
    return Counter(word for word in re.findall(r"[a-z']+", text.lower()) if word not in SMALL_WORDS)


def share_heard(said: Utterance, heard: str) -> float:
    wanted = content_words(said.text)
    return (wanted & content_words(heard)).total() / wanted.total()


@pytest.mark.parametrize("name", PARTNER)
async def test_most_of_what_a_partner_says_is_heard(client: openai.AsyncOpenAI, name: str) -> None:
    said = PARTNER[name]
    heard = await hear(client, said.path.read_bytes())
    assert share_heard(said, heard.text) >= 0.6, heard.text
    assert heard.duration == pytest.approx(said.seconds, abs=0.01)
    for segment in heard.segments or []:
        assert -3 < segment.avg_logprob < 0
        assert 0 <= segment.no_speech_prob < 0.1
        assert said.lead_s - 0.2 <= segment.start < segment.end <= said.seconds


@pytest.mark.parametrize("name", ["partner-critic", "partner-lonely", "partner-looped"])
async def test_what_is_heard_is_given_back_as_a_hint(client: openai.AsyncOpenAI, name: str) -> None:
    heard = await hear(client, PARTNER[name].path.read_bytes())
    text = await ask(client, heard.text)
    parser = SectionParser()
    parser.feed(text)
    parser.end()
    sections = {piece.section: piece.text for piece in parser.pieces()}
    assert list(sections) == ["summary", "suggestion", "follow_up", "reminder"], text
    assert content_words(sections["summary"]) & content_words(PARTNER[name].text)


async def test_small_talk_brings_no_hint(client: openai.AsyncOpenAI) -> None:
    heard = await hear(client, PARTNER["partner-small-talk"].path.read_bytes())
    assert is_thinking(await ask(client, heard.text))


def wav(samples: np.ndarray[tuple[int], np.dtype[np.float64]]) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(16_000)
        written.writeframes(samples.astype("<i2").tobytes())
    return file.getvalue()


@pytest.mark.parametrize("level", [0, 30, 3000])
async def test_no_words_are_made_up_from_silence_or_noise(
    client: openai.AsyncOpenAI, level: int
) -> None:
    noise = np.random.default_rng(1).normal(0, level, 3 * 16_000)
    heard = await hear(client, wav(noise))
    assert (heard.text, heard.segments) == ("", [])


async def test_speech_is_heard_while_hints_are_written(client: openai.AsyncOpenAI) -> None:
    said = PARTNER["partner-father"]
    async with asyncio.TaskGroup() as group:
        hint = group.create_task(ask(client, said.text))
        heard = [group.create_task(hear(client, said.path.read_bytes())) for _ in range(2)]
    assert hint.result().startswith("SUMMARY")
    assert heard[0].result().text == heard[1].result().text != ""


async def test_bad_requests_are_refused_and_do_no_harm(client: openai.AsyncOpenAI) -> None:
    with pytest.raises(openai.BadRequestError):
        await hear(client, b"not a sound")
    with pytest.raises(openai.BadRequestError):
        await client.post("/chat/completions", body={"messages": 3}, cast_to=object)
    with pytest.raises(openai.AuthenticationError):
        await client.with_options(api_key="another").models.list()
    assert [model.id async for model in client.models.list()] == ["whisper-1", "gpt-4o-mini"]
    assert (await hear(client, PARTNER["partner-small-talk"].path.read_bytes())).text


def recogniser_of(parent: psutil.Process) -> psutil.Process:
    return next(
        child
        for child in parent.children(recursive=True)
        if not ended(child) and "coach.rehearsal.recogniser" in child.cmdline()
    )


def ended(process: psutil.Process) -> bool:
    """Whether nothing of it runs; its entry may stay until somebody asks for its exit code."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


async def test_a_recogniser_that_dies_is_started_again(client: openai.AsyncOpenAI) -> None:
    recogniser = recogniser_of(psutil.Process())
    recogniser.kill()
    await asyncio.to_thread(until, lambda: ended(recogniser), "the recogniser was killed")
    sound = PARTNER["partner-small-talk"].path.read_bytes()
    heard = await client.with_options(max_retries=2).audio.transcriptions.create(
        file=("speech.wav", sound, "audio/wav"), model="whisper-1"
    )
    assert heard.text


async def test_nothing_stays_when_the_parent_is_killed() -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", START_AND_WAIT, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    assert await parent.stdout.readline() == b"ready\n"
    family = psutil.Process(parent.pid).children(recursive=True)
    assert len(family) == 2
    parent.kill()
    await parent.wait()
    await asyncio.to_thread(until, lambda: all(map(ended, family)), "the children ended")
