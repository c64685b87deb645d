"""What outlives a worker: hints and turns of the running session, kept and taken up again."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from coach.hints.config import PastTurn, Resume
from coach.hints.events import NoteSegment
from coach.hints.figures import Sums
from coach.hints.summary import Heading
from coach.store import Store, StoredHint, Wish
from coach.store.clock import now_ms

log = logging.getLogger("coach.worker")

WRITE_SECONDS = 2.0
RECALL_SECONDS = 8.0


class Memory:
    """The store as one session needs it. `saved` is told whether the last write succeeded; a
    store that fails or hangs never holds up a hint for long.
    """

    def __init__(self, store: Store, session_id: str, saved: Callable[[bool], None]) -> None:
        self._store = store
        self._session_id = session_id
        self._saved = saved
        self._unkept: Wish | None = None
        self._keeping = asyncio.Lock()

    async def keep_hint(self, hint: StoredHint) -> None:
        """Keep a complete hint."""
        await self._write(self._store.hints.add(hint))

    async def keep_segment(self, note: NoteSegment) -> None:
        """Keep what was heard; text that is taken for invented is not worth keeping."""
        if note.text and not note.doubt:
            await self._write(self._store.turns.add(self._session_id, note.turn_id, note.text))

    async def mark(self, hint_id: str, verdict: str) -> None:
        """Keep the facilitator's verdict on a hint."""
        await self._write(self._store.hints.mark(self._session_id, hint_id, verdict))

    async def verdicts(self) -> list[str] | None:
        """What the facilitator said of each hint, "" for nothing; None when the store fails."""
        try:
            hints = await self._store.hints.after(self._session_id, 0)
        except SQLAlchemyError as failure:
            log.warning("Hints not read", extra={"error": type(failure).__name__})
            return None
        return [hint.verdict or "" for hint in hints if hint.card == "hint"]

    async def keep_wish(self, wish: Wish) -> None:
        """Keep how the two people want it, for a coach that takes over: the last wish, whichever
        write of several is the slowest. One that the store doesn't take waits for `keep_late`.
        """
        self._unkept = wish
        await self.keep_late()

    async def keep_late(self) -> None:
        """Offer the store the wish that it hasn't taken yet, if there is one."""
        async with self._keeping:
            wish = self._unkept
            if wish is None:
                return
            kept = await self._write(self._store.wishes.keep(self._session_id, wish))
            if kept and self._unkept is wish:
                self._unkept = None

    async def keep_note(self, items: Mapping[Heading, list[str]]) -> None:
        """Keep the note on the session until the facilitator has taken or declined it."""
        text = json.dumps(items, ensure_ascii=False)
        await self._write(self._store.summaries.keep(self._session_id, text))

    async def keep_figures(self, shown: dict[str, Any], sums: dict[str, Any]) -> None:
        """Keep the figures of the session so far."""
        await self._write(self._store.figures.keep(self._session_id, shown, sums))

    async def forget_figures(self) -> None:
        """Keep no figures of this session."""
        await self._write(self._store.figures.forget(self._session_id))

    async def end(self) -> None:
        """The room is gone, so the session is over and nothing of its text stays. One in which
        nobody was heard goes on for as long as its links open: people try them beforehand.
        """
        try:
            if await self._is_to_come():
                return
            erased = await self._store.sessions.end(self._session_id)
        except SQLAlchemyError as failure:
            log.error("Session not ended in the store", extra={"error": type(failure).__name__})
        else:
            said = "Session ended, its text erased" if erased else "Session ended, its text kept"
            log.info(said, extra={"session": self._session_id})

    async def _is_to_come(self) -> bool:
        session = await self._store.sessions.get(self._session_id)
        if session is None or (session.expires_at or 0) < now_ms():
            return False
        return not await self._store.turns.all(self._session_id)

    async def _write(self, work: Awaitable[None]) -> bool:
        try:
            async with asyncio.timeout(WRITE_SECONDS):
                await work
        except (SQLAlchemyError, TimeoutError) as failure:
            log.warning("Not saved", extra={"error": type(failure).__name__})
            self._saved(False)
            return False
        self._saved(True)
        return True


PAUSED = Wish(paused_by=frozenset({"facilitator"}))
"""What holds when nobody can tell what was wished: not listening is the safe side."""


@dataclass(frozen=True, slots=True)
class Past:
    """What an earlier coach of a session knew, how the people wanted it, and what it counted."""

    resume: Resume = field(default_factory=Resume)
    wish: Wish = PAUSED
    sums: Sums = field(default_factory=Sums)


async def recall(store: Store, session_id: str) -> Past:
    """The session's past; a store that fails gives an empty one, paused."""
    try:
        async with asyncio.timeout(RECALL_SECONDS):
            hints = await store.hints.after(session_id, 0)
            turns = await store.turns.all(session_id)
            wish = await store.wishes.of(session_id)
            sums = await store.figures.sums(session_id)
    except (SQLAlchemyError, TimeoutError) as failure:
        log.warning("Earlier turns not read", extra={"error": type(failure).__name__})
        return Past()
    return Past(_resume(hints, turns), wish, Sums(**sums) if sums else Sums())


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
