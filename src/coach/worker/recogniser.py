"""Speech to text that outlasts a service's absence: what was said waits for its return."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from livekit.agents import APIConnectOptions, APIError, APIStatusError, stt

from coach.worker.limits import Budget
from coach.worker.segmenter import Cut, duration
from coach.worker.service import Service

RECOGNISE_SECONDS = 8.0
LOOK_SECONDS = 0.25
CALL = APIConnectOptions(max_retry=0, timeout=RECOGNISE_SECONDS)
_OWN_FAULT = (400, 413, 415, 422)


class Recogniser:
    """Asks the first service that is to be asked. While none answers anybody, a segment waits for
    its return; one that fails while others are answered is asked for once more. Audio waits in
    memory alone.

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
        self._answers = 0

    async def recognise(
        self, cut: Cut, wanted: Callable[[], bool], until: float
    ) -> stt.SpeechEvent | None:
        """What was said; None when no service could tell `until` then, by the loop's clock, when
        the services can't take this very audio, or when it is no longer `wanted`.
        """
        answers: int | None = None
        while wanted() and asyncio.get_running_loop().time() < until:
            service = next((one for one in self._services if one.admits()), None)
            if service is None:
                await asyncio.sleep(self._pause(behind=answers is not None))
                continue
            try:
                return await self._ask(service, cut)
            except (APIError, TimeoutError) as failure:
                self._trouble(service.failed(failure))
                if _is_refusal(failure) or (answers is not None and answers < self._answers):
                    return None
                answers = self._answers if answers is None else answers
        return None

    async def _ask(self, service: Service[stt.STT[Any]], cut: Cut) -> stt.SpeechEvent:
        async with asyncio.timeout(RECOGNISE_SECONDS):
            answer = await service.client.recognize(cut.frames, conn_options=CALL)
        service.answered()
        self._answers += 1
        self._budget.heard(duration(cut.frames))
        self._trouble("")
        return answer

    def _pause(self, *, behind: bool) -> float:
        """How long to wait before looking again. A segment that has failed looks `behind` the
        others: their answers tell whether the service or that audio is at fault.
        """
        wait = min(LOOK_SECONDS, *(service.wait() for service in self._services))
        return max(0.01, wait) + (LOOK_SECONDS if behind else 0.0)


def _is_refusal(failure: APIError | TimeoutError) -> bool:
    return isinstance(failure, APIStatusError) and failure.status_code in _OWN_FAULT
