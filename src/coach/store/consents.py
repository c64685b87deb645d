"""What the partner agreed to: a record for each answer, with the time of its withdrawal."""

from typing import Any, Literal

from sqlalchemy import Select, insert, select, update
from sqlalchemy.ext.asyncio.engine import AsyncConnection

from coach.store.clock import now_ms
from coach.store.database import Database
from coach.store.schema import consents

Consent = Literal["granted", "declined", "withdrawn"]
Purpose = Literal["coaching", "keeping", "recording"]


class Consents:
    """Consent per session, identity and purpose; the last answer is what holds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def current(
        self, session_id: str, identity: str, purpose: Purpose = "coaching"
    ) -> Consent | None:
        """What this person last said in this session; None when not asked yet."""
        async with self._database.reading() as connection:
            return await _current(connection, session_id, identity, purpose)

    async def record(
        self,
        session_id: str,
        identity: str,
        *,
        agreed: bool,
        version: str,
        purpose: Purpose = "coaching",
        text_hash: str = "",
        seat_id: str | None = None,
    ) -> Consent:
        """Write down the answer to the text of this version, and return what now holds.

        A "no" after a "yes" is a withdrawal: the record of the "yes" gets its time.
        """
        async with self._database.writing() as connection:
            before = await _current(connection, session_id, identity, purpose)
            if not agreed and before in ("granted", "withdrawn"):
                await connection.execute(_withdrawal(session_id, identity, purpose))
                return "withdrawn"
            state: Consent = "granted" if agreed else "declined"
            await connection.execute(
                insert(consents).values(
                    session_id=session_id,
                    identity=identity,
                    seat_id=seat_id,
                    purpose=purpose,
                    state=state,
                    version=version,
                    text_hash=text_hash,
                    at=now_ms(),
                )
            )
        return state


async def _current(
    connection: AsyncConnection, session_id: str, identity: str, purpose: Purpose
) -> Consent | None:
    query = _answers(session_id, identity, purpose).order_by(consents.c.id.desc())
    row = (await connection.execute(query)).first()
    if row is None:
        return None
    held: Consent = row.state
    return "withdrawn" if row.withdrawn_at is not None else held


def _answers(session_id: str, identity: str, purpose: Purpose) -> Select[Any, Any]:
    return select(consents.c.state, consents.c.withdrawn_at).where(
        *_whose(session_id, identity, purpose)
    )


def _withdrawal(session_id: str, identity: str, purpose: Purpose) -> Any:
    return (
        update(consents)
        .where(
            *_whose(session_id, identity, purpose),
            consents.c.state == "granted",
            consents.c.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now_ms())
    )


def _whose(session_id: str, identity: str, purpose: Purpose) -> tuple[Any, ...]:
    return (
        consents.c.session_id == session_id,
        consents.c.identity == identity,
        consents.c.purpose == purpose,
    )
