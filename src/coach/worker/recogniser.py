"""Speech to text that outlasts a service's absence: what was said waits for its return."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from livekit.agents import APIConnectOptions, APIError, APIStatusError, stt

from coach.worker.limits import Budget
from coach.worker.segmenter import Cut, duration
from coach.worker.service import Service

RECOGNISE_SECONDS = 8.0
KEEP_SECONDS = 120.0
LOOK_SECONDS = 0.25
CALL = APIConnectOptions(max_retry=0, timeout=RECOGNISE_SECONDS)
_OWN_FAULT = (400, 413, 415, 422)


class Recogniser:
    """Asks the first service that is to be asked, and keeps trying for as long as a segment is
    worth it. Audio waits in memory alone.

    `trouble` is told the status reason when recognition fails, and "" when it works again.
    """

    def __init__(
        self,
        services: Sequence[Service[stt.STT[Any]]],
        trouble: Callable[[str], None],
        budget: Budget,
    ) -> None:
        self._services = services
        self._trouble = trouble
        self._budget = budget

    async def recognise(self, cut: Cut, wanted: Callable[[], bool]) -> stt.SpeechEvent | None:
        """What was said; None when no service could tell within two minutes, when the services
        refuse this very audio, or when it is no longer `wanted`.
        """
        end = asyncio.get_running_loop().time() + KEEP_SECONDS
        while wanted() and asyncio.get_running_loop().time() < end:
            service = next((one for one in self._services if one.admits()), None)
            if service is None:
                await asyncio.sleep(self._pause())
                continue
            try:
                return await self._ask(service, cut)
            except (APIError, TimeoutError) as failure:
                self._trouble(service.failed(failure))
                if isinstance(failure, APIStatusError) and failure.status_code in _OWN_FAULT:
                    return None
        return None

    async def _ask(self, service: Service[stt.STT[Any]], cut: Cut) -> stt.SpeechEvent:
        async with asyncio.timeout(RECOGNISE_SECONDS):
            answer = await service.client.recognize(cut.frames, conn_options=CALL)
        service.answered()
        self._budget.heard(duration(cut.frames))
        self._trouble("")
        return answer

    def _pause(self) -> float:
        """How long to wait before looking again: another segment may have found a service back."""
        return max(0.01, min(LOOK_SECONDS, *(service.wait() for service in self._services)))
