"""Each way in which a provider can fail, its reason, and what becomes of the words meanwhile."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from livekit import rtc
from pydantic import SecretStr
from tests.support.provider import HEARD, HINT, Reply, ScriptedProvider, scripted_provider

from coach.hints.events import DraftDelta, DraftEnded, DraftFailed, Event, Message, StartDraft
from coach.settings import Settings
from coach.tasks import Tasks
from coach.worker import model, recogniser
from coach.worker.limits import Budget, Limits
from coach.worker.model import Model
from coach.worker.providers import language_services, speech_services
from coach.worker.recogniser import Recogniser
from coach.worker.segmenter import Cut

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


def settings_for(
    provider: ScriptedProvider, fallback: ScriptedProvider | None = None, scheme: str = "http"
) -> Settings:
    second = fallback.base_url if fallback else None
    key = SecretStr("sk-second") if fallback else None
    return Settings(
        openai_api_key=SecretStr("sk-first"),
        openai_base_url=provider.base_url.replace("http", scheme, 1),
        fallback_stt_api_key=key,
        fallback_stt_base_url=second,
        fallback_llm_api_key=key,
        fallback_llm_base_url=second,
    )


def budget() -> Budget:
    """Enough for any test."""
    return Budget(Limits(3600.0, 1000, 100.0, 0.006, 0.15, 0.6))


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The reason of each of the worker's own log lines."""
    return [getattr(one, "reason", "") for one in caplog.records if one.name == "coach.worker"]


async def soon(condition: Callable[[], object]) -> None:
    """Until the condition holds, for twenty seconds at most."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 (what is watched has no event to wait for)
            await asyncio.sleep(0.01)


class Writing:
    """The model of a session, with everything that it tells."""

    def __init__(self, settings: Settings) -> None:
        self.events: list[Event] = []
        self.reasons: list[str] = []
        self._tasks = Tasks()
        self._services = language_services(settings)
        self._model = Model(
            self._services, self.events.append, self.reasons.append, budget(), self._tasks
        )
        self._drafts = 0

    async def draft(self) -> str:
        """Why a draft failed; "" when it was written."""
        self._drafts += 1
        self.events.clear()
        self._model.start(StartDraft(self._drafts, (Message("user", "hello"),), 200))
        await soon(lambda: self.events and not isinstance(self.events[-1], DraftDelta))
        ended = self.events[-1]
        assert isinstance(ended, DraftEnded | DraftFailed)
        return ended.reason if isinstance(ended, DraftFailed) else ""

    async def until_written(self) -> None:
        """Draft again and again until one is written."""
        async with asyncio.timeout(10):
            while reason := await self.draft():
                assert reason == self.reasons[0]
                await asyncio.sleep(0.1)

    def text(self) -> str:
        return "".join(event.text for event in self.events if isinstance(event, DraftDelta))

    async def aclose(self) -> None:
        await self._tasks.aclose()
        for service in self._services:
            await service.client.aclose()


class Hearing:
    """The recogniser of a session, with everything that it tells."""

    def __init__(self, settings: Settings) -> None:
        self.reasons: list[str] = []
        self.wanted = True
        self._services = speech_services(settings)
        self._recogniser = Recogniser(self._services, self.reasons.append, budget())

    async def hear(self, patience_s: float = 60.0) -> str | None:
        """What is recognised of a second of sound."""
        frame = rtc.AudioFrame(bytes(32_000), 16_000, 1, 16_000)
        until = asyncio.get_running_loop().time() + patience_s
        cut = Cut([frame], 0.0, 1.0)
        answer = await self._recogniser.recognise(cut, lambda: self.wanted, until)
        return answer.alternatives[0].text if answer else None

    async def until_failed(self) -> None:
        await soon(lambda: any(self.reasons))

    async def aclose(self) -> None:
        for service in self._services:
            await service.client.aclose()


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
