"""Asking the language model for a draft."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from livekit.agents import APIConnectOptions, APIError, llm

from coach.hints.events import (
    DraftDelta,
    DraftEnded,
    DraftFailed,
    Event,
    Message,
    StartDraft,
)
from coach.tasks import Tasks
from coach.worker.limits import CALLS, Budget
from coach.worker.service import Service

PATIENCE_SECONDS = 4.0
SHORT_PATIENCE_SECONDS = 2.0
"""For a first word while another service could still be asked in time."""
CALL = APIConnectOptions(max_retry=0, timeout=PATIENCE_SECONDS)


class Model:
    """Runs the drafts that the engine starts and posts what comes of them.

    A service that fails before its first word is followed by the next one. `trouble` is told the
    status reason when none answers, and "" when one does.
    """

    def __init__(
        self,
        services: Sequence[Service[llm.LLM[Any]]],
        post: Callable[[Event], None],
        trouble: Callable[[str], None],
        budget: Budget,
        tasks: Tasks,
    ) -> None:
        self._services = services
        self._post = post
        self._trouble = trouble
        self._budget = budget
        self._tasks = tasks
        self._calls: dict[int, asyncio.Task[None]] = {}

    def start(self, draft: StartDraft) -> None:
        """Begin a call in the background."""
        call = self._tasks.start(self._run(draft), "draft")
        self._calls[draft.draft_id] = call
        call.add_done_callback(lambda _: self._calls.pop(draft.draft_id, None))

    def cancel(self, draft_id: int) -> None:
        """End a call; nothing more is posted for it."""
        if call := self._calls.pop(draft_id, None):
            call.cancel()

    async def _run(self, draft: StartDraft) -> None:
        reason = await self._write(draft)
        self._trouble(reason)
        ended = DraftFailed(draft.draft_id, reason) if reason else DraftEnded(draft.draft_id)
        self._post(ended)

    async def _write(self, draft: StartDraft) -> str:
        """Why no service wrote the draft; "" when one did."""
        if not self._budget.may_call(asyncio.get_running_loop().time()):
            return CALLS
        asked = [service for service in self._services if service.admits()]
        for service in asked:
            last = service is asked[-1]
            patience = PATIENCE_SECONDS if last else SHORT_PATIENCE_SECONDS
            call = _Call(draft, self._post, self._budget, patience)
            try:
                await call.run(service.client)
            except (APIError, TimeoutError) as failure:
                service.failed(failure)
                if call.began:
                    return service.reason
            else:
                service.answered()
                return ""
        return self._services[0].reason


class _Call:
    """One request to one service; `patience` is how long its first word may take."""

    def __init__(
        self,
        draft: StartDraft,
        post: Callable[[Event], None],
        budget: Budget,
        patience: float,
    ) -> None:
        self.began = False
        self._draft = draft
        self._post = post
        self._budget = budget
        self._patience = patience

    async def run(self, model: llm.LLM[Any]) -> None:
        """Post what comes. Raises APIError, or TimeoutError after silence."""
        self._budget.asked(sum(len(message.text) for message in self._draft.messages))
        limit = {"max_tokens": self._draft.max_tokens}
        async with (
            asyncio.timeout(self._patience) as stall,
            model.chat(
                chat_ctx=context_of(self._draft.messages), conn_options=CALL, extra_kwargs=limit
            ) as chunks,
        ):
            async for chunk in chunks:
                stall.reschedule(asyncio.get_running_loop().time() + PATIENCE_SECONDS)
                if chunk.delta and chunk.delta.content:
                    self.began = True
                    self._budget.answered(len(chunk.delta.content))
                    self._post(DraftDelta(self._draft.draft_id, chunk.delta.content))


def context_of(messages: Iterable[Message]) -> llm.ChatContext:
    """The messages as a request of the library."""
    context = llm.ChatContext.empty()
    for message in messages:
        context.add_message(role=message.role, content=message.text)
    return context
