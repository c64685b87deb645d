"""The end of a session's text: erased when the session ends, or kept for as long as was agreed."""

import logging
from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Table, delete, exists, insert, select, text, update
from sqlalchemy.ext.asyncio.engine import AsyncConnection

from coach.store.clock import now_ms
from coach.store.database import Database
from coach.store.schema import (
    consents,
    figures,
    hints,
    knocks,
    receipts,
    seats,
    sessions,
    summaries,
    turns,
)

log = logging.getLogger("coach.store")

Reason = Literal["ended", "asked", "retention", "late", "note"]
_TEXTS = (hints, turns, summaries)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was erased and when, in numbers. `at` is milliseconds since the epoch."""

    session_id: str
    reason: str
    at: int
    hints: int
    turns: int
    summaries: int


class Erasure:
    """Erases text. It outlives its session by `retention_days` where the partner has agreed."""

    def __init__(self, database: Database, retention_days: int) -> None:
        self._database = database
        self._retention_days = retention_days

    async def end(self, session_id: str) -> bool:
        """End a session; its text goes unless its keeping was agreed to. True when it is gone."""
        async with self._database.writing() as connection:
            await connection.execute(
                update(sessions)
                .where(sessions.c.id == session_id, sessions.c.state == "open")
                .values(state="ended", ended_at=now_ms())
            )
            kept = await connection.execute(select(keeping_agreed(session_id)))
            if self._retention_days and kept.scalar():
                return False
            await _erase(connection, session_id, "ended")
        await self.scrub()
        return True

    async def erase(self, session_id: str, reason: Reason) -> Receipt | None:
        """End a session and erase every text of it; with the reason "asked" its figures too. None
        when there is no such session.
        """
        async with self._database.writing() as connection:
            found = await connection.execute(
                update(sessions)
                .where(sessions.c.id == session_id, sessions.c.ended_at.is_(None))
                .values(ended_at=now_ms())
            )
            known = select(sessions.c.id).where(sessions.c.id == session_id)
            if not found.rowcount and (await connection.execute(known)).first() is None:
                return None
            receipt = await _erase(connection, session_id, reason)
            if reason == "asked":
                await _clear(connection, figures, session_id)
        await self.scrub()
        log.info("Text erased", extra={"session": session_id, "reason": reason})
        return receipt

    async def erase_note(self, session_id: str) -> bool:
        """Erase the facilitator's note alone, taken or declined; False when there is none."""
        async with self._database.writing() as connection:
            gone = await _clear(connection, summaries, session_id)
            if gone:
                receipt = Receipt(session_id, "note", now_ms(), hints=0, turns=0, summaries=gone)
                await connection.execute(insert(receipts).values(**asdict(receipt)))
        await self.scrub()
        return gone > 0

    async def receipts(self, session_id: str) -> list[Receipt]:
        """The receipts of a session, oldest first."""
        query = (
            select(*(receipts.c[name] for name in Receipt.__dataclass_fields__))
            .where(receipts.c.session_id == session_id)
            .order_by(receipts.c.id)
        )
        async with self._database.reading() as connection:
            return [Receipt(**row) for row in (await connection.execute(query)).mappings()]

    async def scrub(self) -> bool:
        """Empty SQLite's write-ahead log, which may hold pages from before the erasing. False
        when another connection is reading them: whoever comes next does it.
        """
        if self._database.place.file is None:
            return True
        async with self._database.bare() as connection:
            busy = (await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))).scalar()
        return busy == 0

    async def vacuum(self) -> None:
        """Give the space of erased rows back to the system."""
        async with self._database.bare() as connection:
            await connection.execute(text(self._vacuum()))

    def _vacuum(self) -> str:
        tables = ", ".join(table.name for table in _TEXTS)
        return "VACUUM" if self._database.place.file else f"VACUUM {tables}"


def keeping_agreed(session_id: str | ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the session's text may be kept, as a condition."""
    return exists().where(
        consents.c.session_id == session_id,
        consents.c.purpose == "keeping",
        consents.c.state == "granted",
        consents.c.withdrawn_at.is_(None),
    )


async def _erase(connection: AsyncConnection, session_id: str, reason: Reason) -> Receipt:
    """Close the session to text, erase what it has, and write the receipt, unless there was
    nothing left to erase.
    """
    first = await connection.execute(
        update(sessions)
        .where(sessions.c.id == session_id, sessions.c.state != "erased")
        .values(state="erased", name=None)
    )
    seats_of = select(seats.c.id).where(seats.c.session_id == session_id)
    await connection.execute(delete(knocks).where(knocks.c.seat_id.in_(seats_of)))
    erased = {table.name: await _clear(connection, table, session_id) for table in _TEXTS}
    receipt = Receipt(session_id=session_id, reason=reason, at=now_ms(), **erased)
    if first.rowcount or any(erased.values()):
        await connection.execute(insert(receipts).values(**asdict(receipt)))
    return receipt


async def _clear(connection: AsyncConnection, table: Table, session_id: str) -> int:
    gone = await connection.execute(delete(table).where(table.c.session_id == session_id))
    return gone.rowcount
