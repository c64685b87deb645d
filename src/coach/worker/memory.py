"""What outlives a worker: hints and turns of the running session, kept and taken up again."""

import logging
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from coach.hints.config import PastTurn, Resume
from coach.hints.events import NoteSegment
from coach.store import Store, StoredHint, Wish

log = logging.getLogger("coach.worker")


class Memory:
    """The store as one session needs it. `saved` is told whether the last write succeeded; a
    store that fails never holds up a hint.
    """

    def __init__(self, store: Store, session_id: str, saved: Callable[[bool], None]) -> None:
        self._store = store
        self._session_id = session_id
        self._saved = saved

    async def keep_hint(self, hint: StoredHint) -> None:
        """Keep a complete hint."""
        try:
            await self._store.hints.add(hint)
        except SQLAlchemyError as failure:
            self._failed(failure)
        else:
            self._saved(True)

    async def keep_segment(self, note: NoteSegment) -> None:
        """Keep what was heard; text that is taken for invented is not worth keeping."""
        if not note.text or note.doubt:
            return
        try:
            await self._store.turns.add(self._session_id, note.turn_id, note.text)
        except SQLAlchemyError as failure:
            self._failed(failure)

    async def mark(self, hint_id: str, verdict: str) -> None:
        """Keep the facilitator's verdict on a hint."""
        try:
            await self._store.hints.mark(self._session_id, hint_id, verdict)
        except SQLAlchemyError as failure:
            self._failed(failure)

    async def keep_wish(self, wish: Wish) -> None:
        """Keep how the two people want it, for a coach that takes over."""
        try:
            await self._store.wishes.keep(self._session_id, wish)
        except SQLAlchemyError as failure:
            self._failed(failure)

    async def end(self) -> None:
        """The session is over: nothing of its text stays."""
        try:
            await self._store.sessions.end(self._session_id)
        except SQLAlchemyError as failure:
            log.error("Session not ended in the store", extra={"error": type(failure).__name__})
        else:
            log.info("Session ended, its text erased", extra={"session": self._session_id})

    def _failed(self, failure: SQLAlchemyError) -> None:
        log.warning("Not saved", extra={"error": type(failure).__name__})
        self._saved(False)


PAUSED = Wish(paused_by=frozenset({"facilitator"}))
"""What holds when nobody can tell what was wished: not listening is the safe side."""


async def recall(store: Store, session_id: str) -> tuple[Resume, Wish]:
    """What an earlier coach of this session knew, and how the people wanted it."""
    try:
        hints = await store.hints.after(session_id, 0)
        turns = await store.turns.all(session_id)
        wish = await store.wishes.of(session_id)
    except SQLAlchemyError as failure:
        log.warning("Earlier turns not read", extra={"error": type(failure).__name__})
        return Resume(), PAUSED
    return _resume(hints, turns), wish


def _resume(hints: list[StoredHint], turns: dict[str, str]) -> Resume:
    return Resume(
        last_seq=max((hint.seq for hint in hints), default=0),
        hints_shown=sum(hint.card == "hint" for hint in hints),
        turns=tuple(PastTurn(_number(turn_id), text) for turn_id, text in turns.items()),
        hints=tuple(_suggestion(hint) for hint in hints if hint.card == "hint"),
    )


def _number(turn_id: str) -> int:
    tail = turn_id.rpartition("-t")[2]
    return int(tail) if tail.isdigit() else 0


def _suggestion(hint: StoredHint) -> str:
    return " ".join(str(section["text"]) for section in hint.sections)
