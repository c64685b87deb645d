"""Sessions: one from the making of a room to its end."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import insert, select

from coach.store.clock import now_ms
from coach.store.database import Database
from coach.store.erasure import Erasure
from coach.store.schema import sessions

SessionState = Literal["open", "ended", "erased"]


@dataclass(frozen=True, slots=True)
class Session:
    """A session without its text. `ended` has text that is kept, `erased` has none; times are
    milliseconds since the epoch.
    """

    session_id: str
    room: str
    name: str
    state: SessionState
    created_at: int
    expires_at: int | None
    ended_at: int | None


class Sessions:
    """The running and the ended sessions."""

    def __init__(self, database: Database, erasure: Erasure) -> None:
        self._database = database
        self._erasure = erasure

    async def running(self, room: str) -> str | None:
        """The id of the session that runs in this room."""
        query = (
            select(sessions.c.id)
            .where(sessions.c.room == room, sessions.c.ended_at.is_(None))
            .order_by(sessions.c.created_at.desc())
        )
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalars().first()

    async def begin(self, room: str, *, name: str = "", expires_at: int | None = None) -> str:
        """Begin a session in this room and return its id. The name is for people and is erased
        with the text; after `expires_at` the sweeper ends the session.
        """
        session_id = f"s-{secrets.token_urlsafe(12)}"
        async with self._database.writing() as connection:
            await connection.execute(
                insert(sessions).values(
                    id=session_id,
                    room=room,
                    name=self._database.cipher.seal(name) if name else None,
                    created_at=now_ms(),
                    expires_at=expires_at,
                )
            )
        return session_id

    async def get(self, session_id: str) -> Session | None:
        """One session; None when there is none of this id."""
        query = select(sessions).where(sessions.c.id == session_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().first()
        return self._session(row) if row else None

    async def latest(self, limit: int) -> list[Session]:
        """The newest sessions, the newest first."""
        query = select(sessions).order_by(sessions.c.created_at.desc()).limit(limit)
        async with self._database.reading() as connection:
            return [self._session(row) for row in (await connection.execute(query)).mappings()]

    async def end(self, session_id: str) -> bool:
        """End a session and erase its text, unless its keeping was agreed to; ending twice is no
        error. Returns whether the text is erased now.
        """
        return await self._erasure.end(session_id)

    def _session(self, row: Mapping[Any, Any]) -> Session:
        return Session(
            session_id=row["id"],
            room=row["room"],
            name=self._database.cipher.unseal(row["name"]) if row["name"] else "",
            state=row["state"],
            created_at=row["created_at"],
            expires_at=row["expires_at"],
            ended_at=row["ended_at"],
        )
