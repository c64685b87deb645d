"""Who read or changed what of a session, without any of it."""

from dataclasses import dataclass

from sqlalchemy import insert, select

from coach.store.clock import now_ms
from coach.store.database import Database
from coach.store.schema import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed. `actor` is a seat, a role or "operator"; `at` is milliseconds since the epoch."""

    session_id: str
    at: int
    actor: str
    action: str


class Audit:
    """A log that is only added to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, session_id: str, actor: str, action: str) -> None:
        """Write down a deed in a few fixed words."""
        async with self._database.writing() as connection:
            await connection.execute(
                insert(audit).values(session_id=session_id, at=now_ms(), actor=actor, action=action)
            )

    async def of(self, session_id: str) -> list[Entry]:
        """The deeds of a session, oldest first."""
        query = (
            select(audit.c.session_id, audit.c.at, audit.c.actor, audit.c.action)
            .where(audit.c.session_id == session_id)
            .order_by(audit.c.id)
        )
        async with self._database.reading() as connection:
            return [Entry(**row) for row in (await connection.execute(query)).mappings()]
