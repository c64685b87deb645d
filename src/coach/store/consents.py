"""What the partner agreed to, as a log: the last entry is what holds."""

from typing import Literal

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from coach.store.clock import now_ms
from coach.store.schema import consents

Consent = Literal["granted", "declined", "withdrawn"]


class Consents:
    """Consent to coaching, per session and identity."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def current(self, session_id: str, identity: str) -> Consent | None:
        """What this person last said in this session; None when not asked yet."""
        query = (
            select(consents.c.state)
            .where(consents.c.session_id == session_id, consents.c.identity == identity)
            .order_by(consents.c.id.desc())
        )
        async with self._engine.connect() as connection:
            return (await connection.execute(query)).scalars().first()

    async def record(
        self, session_id: str, identity: str, *, agreed: bool, version: str
    ) -> Consent:
        """Write down the answer to the text of this version, and return what now holds.

        A "no" after a "yes" is a withdrawal.
        """
        before = await self.current(session_id, identity)
        refusal: Consent = "withdrawn" if before in ("granted", "withdrawn") else "declined"
        state: Consent = "granted" if agreed else refusal
        async with self._engine.begin() as connection:
            await connection.execute(
                insert(consents).values(
                    session_id=session_id,
                    identity=identity,
                    state=state,
                    version=version,
                    at=now_ms(),
                )
            )
        return state
