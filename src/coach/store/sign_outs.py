"""Sign-ins that were ended before their time, for all web apps on this store."""

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.exc import IntegrityError

from coach.store.database import Database
from coach.store.schema import sign_outs


class SignOuts:
    """The ids of proofs that no longer hold, until they would have expired anyway."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, proof_id: str, until: int) -> None:
        """From now on this proof doesn't hold; it would have until then, ms since the epoch."""
        try:
            async with self._database.writing() as connection:
                await connection.execute(insert(sign_outs).values(proof_id=proof_id, until=until))
        except IntegrityError:
            return

    async def holds(self, proof_id: str) -> bool:
        """Whether nobody has ended this proof."""
        ended = exists().where(sign_outs.c.proof_id == proof_id)
        async with self._database.reading() as connection:
            return not (await connection.execute(select(ended))).scalar()

    async def forget(self, now: int) -> None:
        """Drop those that have expired."""
        async with self._database.writing() as connection:
            await connection.execute(delete(sign_outs).where(sign_outs.c.until <= now))
