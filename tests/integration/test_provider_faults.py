"""Each way in which a provider can fail, its reason, and what becomes of the words meanwhile."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from tests.support.provider import HEARD, HINT, Reply, ScriptedProvider, scripted_provider
from tests.support.roomless import Hearing, Writing, logged, settings_for

from coach.worker import model, recogniser

pytestmark = pytest.mark.integration

FAULTS = [
    (Reply(status=401), "key_refused"),
    (Reply(status=403), "key_refused"),
    (Reply(status=404), "model_not_found"),
    (Reply(status=422), "refused"),
    (Reply(status=429, retry_after_s=30), "rate_limited"),
    (Reply(status=500), "failing"),
    (Reply(status=503), "failing"),
    (Reply(fault="hang"), "slow"),
    (Reply(fault="reset"), "unreachable"),
    (Reply(HINT, fault="truncated"), "cut"),
    (Reply(HINT, fault="invalid_json"), "garbled"),
]
NAMES = [f"{reply.fault or reply.status}" for reply, _ in FAULTS]
SHARED = ("model_not_found", "rate_limited")


@pytest_asyncio.fixture
async def provider() -> AsyncIterator[ScriptedProvider]:
    async with scripted_provider() as provider:
        yield provider


@pytest_asyncio.fixture
async def second() -> AsyncIterator[ScriptedProvider]:
    async with scripted_provider() as provider:
        yield provider


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hang is noticed after two seconds."""
    monkeypatch.setattr(model, "PATIENCE_SECONDS", 2.0)
    monkeypatch.setattr(model, "SHORT_PATIENCE_SECONDS", 2.0)
    monkeypatch.setattr(recogniser, "RECOGNISE_SECONDS", 2.0)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(("reply", "kind"), FAULTS, ids=NAMES)
async def test_each_failure_of_the_model_has_its_reason_and_log_line(
    provider: ScriptedProvider, caplog: pytest.LogCaptureFixture, reply: Reply, kind: str
) -> None:
    provider.chat.queue.append(reply)
    writing = Writing(settings_for(provider))
    reason = kind if kind in SHARED else f"llm_{kind}"
    assert await writing.draft() == reason
    assert writing.reasons == [reason]
    assert logged(caplog) == [reason]
    assert await writing.draft() == reason, "held back, with the same reason"
    assert len(provider.chat_calls) == 1
    await writing.aclose()


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(("reply", "kind"), FAULTS, ids=NAMES)
async def test_each_failure_of_the_recogniser_has_its_reason_and_log_line(
    provider: ScriptedProvider, caplog: pytest.LogCaptureFixture, reply: Reply, kind: str
) -> None:
    provider.speech.default = reply
    hearing = Hearing(settings_for(provider))
    listening = asyncio.create_task(hearing.hear())
    await hearing.until_failed()
    hearing.wanted = False
    assert await listening is None
    reason = kind if kind in SHARED else f"stt_{kind}"
    assert hearing.reasons == [reason]
    assert logged(caplog) == [reason]
    await hearing.aclose()


async def test_tls_that_fails_is_told_from_a_service_that_is_away(
    provider: ScriptedProvider,
) -> None:
    writing = Writing(settings_for(provider, scheme="https"))
    assert await writing.draft() == "llm_insecure"
    await writing.aclose()


async def test_nobody_listening_is_unreachable() -> None:
    async with scripted_provider() as gone:
        settings = settings_for(gone)
    writing = Writing(settings)
    assert await writing.draft() == "llm_unreachable"
    await writing.aclose()


async def test_the_model_recovers_by_itself(provider: ScriptedProvider) -> None:
    provider.chat.queue.append(Reply(status=500))
    writing = Writing(settings_for(provider))
    assert await writing.draft() == "llm_failing"
    await writing.until_written()
    assert writing.text() == HINT
    assert writing.reasons[-1] == ""
    await writing.aclose()


async def test_retry_after_is_honoured(provider: ScriptedProvider) -> None:
    provider.chat.queue.append(Reply(status=429, retry_after_s=2))
    writing = Writing(settings_for(provider))
    asked = time.monotonic()
    await writing.until_written()
    first, again = provider.chat_calls
    assert asked <= first.at
    assert again.at - first.at >= 2.0
    await writing.aclose()


async def test_what_is_said_while_the_recogniser_is_away_is_heard_later_and_in_full(
    provider: ScriptedProvider,
) -> None:
    provider.speech.queue += [Reply(status=503), Reply(fault="reset")]
    hearing = Hearing(settings_for(provider))
    assert await asyncio.gather(*(hearing.hear() for _ in range(4))) == [HEARD] * 4
    assert hearing.reasons[0].startswith("stt_")
    assert hearing.reasons[-1] == ""
    await hearing.aclose()


async def test_sound_that_fails_while_other_sound_is_answered_is_asked_for_once_more_alone(
    provider: ScriptedProvider,
) -> None:
    provider.speech.queue += [Reply(status=500), Reply(HEARD), Reply(status=500)]
    hearing = Hearing(settings_for(provider))
    assert [*await asyncio.gather(hearing.hear(), hearing.hear())] == [None, HEARD]
    assert len(provider.speech_calls) == 3
    assert await hearing.hear() == HEARD
    await hearing.aclose()


async def test_sound_is_not_kept_for_ever(provider: ScriptedProvider) -> None:
    provider.speech.default = Reply(status=503)
    hearing = Hearing(settings_for(provider))
    assert await hearing.hear(patience_s=1.5) is None
    asked = len(provider.speech_calls)
    assert await hearing.hear(patience_s=0.0) is None
    assert len(provider.speech_calls) == asked
    await hearing.aclose()


async def test_sound_that_waits_is_forgotten_with_the_consent(provider: ScriptedProvider) -> None:
    provider.speech.default = Reply(status=503)
    hearing = Hearing(settings_for(provider))
    listening = asyncio.create_task(hearing.hear())
    await hearing.until_failed()
    hearing.wanted = False
    provider.speech.default = Reply(HEARD)
    assert await listening is None
    assert len(provider.speech_calls) == 1
    await hearing.aclose()


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("fault", ["hang", "reset", 500, 401], ids=str)
async def test_the_second_services_answer_while_the_first_fails(
    provider: ScriptedProvider, second: ScriptedProvider, fault: str | int
) -> None:
    failing = Reply(status=fault) if isinstance(fault, int) else Reply(fault=fault)  # type: ignore[arg-type]
    provider.chat.default = provider.speech.default = failing
    settings = settings_for(provider, second)
    writing, hearing = Writing(settings), Hearing(settings)
    assert await writing.draft() == ""
    assert writing.text() == HINT
    assert await writing.draft() == ""
    assert len(provider.chat_calls) == 1, "the first is left alone meanwhile"
    assert await hearing.hear() == HEARD
    assert {call.key for call in second.calls} == {"sk-second"}
    await writing.aclose()
    await hearing.aclose()


async def test_the_first_service_is_taken_back_when_it_answers(
    provider: ScriptedProvider, second: ScriptedProvider
) -> None:
    provider.chat.queue.append(Reply(status=500))
    writing = Writing(settings_for(provider, second))
    async with asyncio.timeout(10):
        while len(provider.chat_calls) < 2:
            assert await writing.draft() == ""
            await asyncio.sleep(0.1)
    asked = len(second.chat_calls)
    assert await writing.draft() == ""
    assert len(second.chat_calls) == asked
    await writing.aclose()


async def test_a_hint_that_began_is_not_begun_again_elsewhere(
    provider: ScriptedProvider, second: ScriptedProvider
) -> None:
    provider.chat.default = Reply(HINT, fault="truncated")
    writing = Writing(settings_for(provider, second))
    assert await writing.draft() == "llm_cut"
    assert second.calls == []
    await writing.aclose()
