"""Sessions: one from the making of a room to its end."""

import secrets

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from coach.store.clock import now_ms
from coach.store.schema import hints, sessions, turns


class Sessions:
    """The running and the ended sessions."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def running(self, room: str) -> str | None:
        """The id of the session that runs in this room."""
        query = (
            select(sessions.c.id)
            .where(sessions.c.room == room, sessions.c.ended_at.is_(None))
            .order_by(sessions.c.created_at.desc())
        )
        async with self._engine.connect() as connection:
            return (await connection.execute(query)).scalars().first()

    async def begin(self, room: str) -> str:
        """Begin a session in this room and return its id."""
        session_id = f"s-{secrets.token_urlsafe(12)}"
        async with self._engine.begin() as connection:
            await connection.execute(
                insert(sessions).values(id=session_id, room=room, created_at=now_ms())
            )
        return session_id

    async def end(self, session_id: str) -> None:
        """End a session and erase every text of it; ending twice is no error."""
        async with self._engine.begin() as connection:
            await connection.execute(
                update(sessions)
                .where(sessions.c.id == session_id, sessions.c.ended_at.is_(None))
                .values(ended_at=now_ms())
            )
            for table in (hints, turns):
                await connection.execute(delete(table).where(table.c.session_id == session_id))
