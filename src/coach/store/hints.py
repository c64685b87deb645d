"""Complete hints, for pages that missed them, and what the facilitator said of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from coach.store.clock import now_ms
from coach.store.database import Database
from coach.store.guard import refuse_when_erased
from coach.store.schema import hints, verdicts


@dataclass(frozen=True, slots=True)
class StoredHint:
    """A card as it stood when complete. `heard_at` is the end of speech, ms since the epoch."""

    hint_id: str
    session_id: str
    seq: int
    turn_id: str
    heard_at: int
    card: str
    sections: list[dict[str, Any]]
    latency_ms: dict[str, int]
    verdict: str | None = None


class Hints:
    """The hints of running sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, hint: StoredHint) -> None:
        """Keep one complete hint."""
        sections = json.dumps(hint.sections, ensure_ascii=False)
        async with self._database.writing() as connection:
            await refuse_when_erased(connection, hint.session_id)
            await connection.execute(
                insert(hints).values(
                    hint_id=hint.hint_id,
                    session_id=hint.session_id,
                    seq=hint.seq,
                    turn_id=hint.turn_id,
                    heard_at=hint.heard_at,
                    card=hint.card,
                    sections=self._database.cipher.seal(sections),
                    latency_ms=hint.latency_ms,
                )
            )

    async def mark(self, session_id: str, hint_id: str, verdict: str) -> None:
        """Keep what the facilitator said of a hint; the last word holds."""
        async with self._database.writing() as connection:
            await connection.execute(delete(verdicts).where(verdicts.c.hint_id == hint_id))
            await connection.execute(
                insert(verdicts).values(
                    hint_id=hint_id, session_id=session_id, verdict=verdict, at=now_ms()
                )
            )

    async def after(self, session_id: str, seq: int) -> list[StoredHint]:
        """The hints of a session with a greater sequence number, in order."""
        query = (
            select(hints, verdicts.c.verdict)
            .join_from(hints, verdicts, hints.c.hint_id == verdicts.c.hint_id, isouter=True)
            .where(hints.c.session_id == session_id, hints.c.seq > seq)
            .order_by(hints.c.seq)
        )
        async with self._database.reading() as connection:
            return [self._hint(row) for row in (await connection.execute(query)).mappings()]

    def _hint(self, row: Mapping[Any, Any]) -> StoredHint:
        sections = json.loads(self._database.cipher.unseal(row["sections"]))
        return StoredHint(**{**row, "sections": sections})
