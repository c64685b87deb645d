"""Complete hints, for pages that missed them."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from coach.store.schema import hints


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

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, hint: StoredHint) -> None:
        """Keep one complete hint."""
        async with self._engine.begin() as connection:
            await connection.execute(insert(hints).values(**asdict(hint)))

    async def mark(self, hint_id: str, verdict: str) -> None:
        """Keep what the facilitator said of a hint."""
        async with self._engine.begin() as connection:
            await connection.execute(
                update(hints).where(hints.c.hint_id == hint_id).values(verdict=verdict)
            )

    async def after(self, session_id: str, seq: int) -> list[StoredHint]:
        """The hints of a session with a greater sequence number, in order."""
        query = (
            select(hints)
            .where(hints.c.session_id == session_id, hints.c.seq > seq)
            .order_by(hints.c.seq)
        )
        async with self._engine.connect() as connection:
            return [StoredHint(**row) for row in (await connection.execute(query)).mappings()]
