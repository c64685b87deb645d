"""Asking the language model for a draft."""

import asyncio
from collections.abc import Callable
from typing import Any

from livekit.agents import APIConnectOptions, APIError, llm

from coach.hints.events import DraftDelta, DraftEnded, DraftFailed, Event, StartDraft
from coach.tasks import Tasks
from coach.worker.trouble import note

STALL_SECONDS = 6.0
CALL = APIConnectOptions(max_retry=1, retry_interval=0.3, timeout=STALL_SECONDS)


class Model:
    """Runs the drafts that the engine starts and posts what comes of them.

    `trouble` is told the status reason when a call fails, and "" when one succeeds.
    """

    def __init__(
        self,
        model: llm.LLM[Any],
        post: Callable[[Event], None],
        trouble: Callable[[str], None],
        tasks: Tasks,
    ) -> None:
        self._model = model
        self._post = post
        self._trouble = trouble
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
        try:
            await self._stream(draft)
        except (APIError, TimeoutError) as failure:
            reason = note(failure, "llm")
            self._trouble(reason)
            self._post(DraftFailed(draft.draft_id, reason))
        else:
            self._trouble("")
            self._post(DraftEnded(draft.draft_id))

    async def _stream(self, draft: StartDraft) -> None:
        limit = {"max_tokens": draft.max_tokens}
        async with (
            asyncio.timeout(STALL_SECONDS) as stall,
            self._model.chat(
                chat_ctx=_context(draft), conn_options=CALL, extra_kwargs=limit
            ) as chunks,
        ):
            async for chunk in chunks:
                stall.reschedule(asyncio.get_running_loop().time() + STALL_SECONDS)
                if chunk.delta and chunk.delta.content:
                    self._post(DraftDelta(draft.draft_id, chunk.delta.content))


def _context(draft: StartDraft) -> llm.ChatContext:
    context = llm.ChatContext.empty()
    for message in draft.messages:
        context.add_message(role=message.role, content=message.text)
    return context
