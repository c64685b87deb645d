"""Figures of sessions: times and counts, no words. They stay when the text is erased."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, exists, insert, select

from coach.store.clock import now_ms
from coach.store.database import Database
from coach.store.schema import figures, sessions


class FiguresKept:
    """The figures of each session, and the sums that they were made of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, session_id: str, shown: dict[str, Any], sums: dict[str, Any]) -> None:
        """Keep these in place of the earlier ones; those of a session that has ended stand."""
        running = exists().where(sessions.c.id == session_id, sessions.c.ended_at.is_(None))
        async with self._database.writing() as connection:
            if not (await connection.execute(select(running))).scalar():
                return
            await connection.execute(delete(figures).where(figures.c.session_id == session_id))
            await connection.execute(
                insert(figures).values(session_id=session_id, at=now_ms(), figures=shown, sums=sums)
            )

    async def forget(self, session_id: str) -> None:
        """Keep none; forgetting twice is no error."""
        async with self._database.writing() as connection:
            await connection.execute(delete(figures).where(figures.c.session_id == session_id))

    async def of(self, session_ids: Collection[str]) -> dict[str, dict[str, Any]]:
        """The figures of those sessions that have some."""
        query = select(figures.c.session_id, figures.c.figures).where(
            figures.c.session_id.in_(session_ids)
        )
        async with self._database.reading() as connection:
            return {row.session_id: row.figures for row in await connection.execute(query)}

    async def sums(self, session_id: str) -> dict[str, Any] | None:
        """What a session's figures were made of; None when it has none."""
        query = select(figures.c.sums).where(figures.c.session_id == session_id)
        async with self._database.reading() as connection:
            found: dict[str, Any] | None = (await connection.execute(query)).scalar()
        return found
