"""The note after a session, until the facilitator has taken or declined it."""

from sqlalchemy import delete, insert, select

from coach.store.clock import now_ms
from coach.store.database import Database
from coach.store.guard import refuse_when_erased
from coach.store.schema import summaries


class Summaries:
    """At most one note a session; it goes with the session's text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, session_id: str, text: str) -> None:
        """Keep this note in place of an earlier one."""
        sealed = self._database.cipher.seal(text)
        async with self._database.writing() as connection:
            await refuse_when_erased(connection, session_id)
            await connection.execute(delete(summaries).where(summaries.c.session_id == session_id))
            await connection.execute(
                insert(summaries).values(session_id=session_id, at=now_ms(), text=sealed)
            )

    async def of(self, session_id: str) -> str | None:
        """The note; None when there is none."""
        query = select(summaries.c.text).where(summaries.c.session_id == session_id)
        async with self._database.reading() as connection:
            stored = (await connection.execute(query)).scalar()
        return None if stored is None else self._database.cipher.unseal(stored)
