"""The note on a session, written by the model on request."""

import asyncio
from typing import Any

from livekit.agents import APIError, llm
from sqlalchemy.exc import SQLAlchemyError

from coach.hints import summary
from coach.hints.summary import GivenHint, SessionSummary
from coach.store import Store, StoredHint
from coach.worker.model import CALL, context_of
from coach.worker.trouble import note

ANSWER_SECONDS = 20.0


class NoteWriter:
    """Reads the running session from the store."""

    def __init__(self, model: llm.LLM[Any], store: Store, session_id: str, language: str) -> None:
        self._model = model
        self._store = store
        self._session_id = session_id
        self._language = language

    async def write(self) -> tuple[SessionSummary, str]:
        """The summary, and why there is none: a reason of the status contract, or ""."""
        try:
            turns = await self._store.turns.all(self._session_id)
            hints = await self._store.hints.after(self._session_id, 0)
        except SQLAlchemyError:
            return SessionSummary(), "not_saved"
        if not turns:
            return SessionSummary(), "nothing_heard"
        try:
            answer = await self._ask(
                list(turns.values()), [_given(hint) for hint in hints if hint.card == "hint"]
            )
        except (APIError, TimeoutError) as failure:
            return SessionSummary(), note(failure, "llm")
        written = summary.parse(answer)
        return written, "nothing_to_add" if written.empty else ""

    async def _ask(self, turns: list[str], hints: list[GivenHint]) -> str:
        messages = summary.request(turns, hints, self._language)
        limit = {"max_tokens": summary.MAX_TOKENS}
        async with (
            asyncio.timeout(ANSWER_SECONDS),
            self._model.chat(
                chat_ctx=context_of(messages), conn_options=CALL, extra_kwargs=limit
            ) as chunks,
        ):
            return "".join(
                [chunk.delta.content or "" async for chunk in chunks if chunk.delta is not None]
            )


def _given(hint: StoredHint) -> GivenHint:
    said = [str(part["text"]) for part in hint.sections if part["section"] == "suggestion"]
    return GivenHint(" ".join(said), hint.verdict or "")
