"""The model and the recogniser of a session, without a room, and all that they tell."""

import asyncio
from collections.abc import Callable

import pytest
from livekit import rtc
from pydantic import SecretStr
from tests.support.provider import ScriptedProvider

from coach.hints.events import DraftDelta, DraftEnded, DraftFailed, Event, Message, StartDraft
from coach.settings import Settings
from coach.tasks import Tasks
from coach.worker.limits import Budget, Limits
from coach.worker.model import Model
from coach.worker.providers import language_services, speech_services
from coach.worker.recogniser import Recogniser
from coach.worker.segmenter import Cut


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


def ample_budget() -> Budget:
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
            self._services, self.events.append, self.reasons.append, ample_budget(), self._tasks
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
        self._recogniser = Recogniser(self._services, self.reasons.append, ample_budget())

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
