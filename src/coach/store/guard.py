"""No text comes back into a session that was erased."""

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio.engine import AsyncConnection

from coach.store.schema import sessions


class SessionErasedError(SQLAlchemyError):
    """The session's text was erased, and it takes no more."""


async def refuse_when_erased(connection: AsyncConnection, session_id: str) -> None:
    """To be called before text is written in the same transaction: an erasing that begins
    meanwhile waits for it and then erases this text too. Raises SessionErasedError.
    """
    query = select(sessions.c.state).where(sessions.c.id == session_id).with_for_update(read=True)
    if (await connection.execute(query)).scalar() == "erased":
        raise SessionErasedError("the session was erased")
