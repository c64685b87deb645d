"""How often one visitor has asked, counted for all web apps on this store together."""

from sqlalchemy import case, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from coach.store.database import Database
from coach.store.schema import limits


class Limits:
    """Token buckets: `full_at` is when a visitor may use a whole burst again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def wait_ms(self, visitor: str, now: int, *, burst: int, every_ms: int) -> int:
        """Count one request at `now`, in milliseconds; 0 when it is within `burst` at once and one
        more each `every_ms`, else how long to wait. Refused requests do not count.
        """
        least = now + (burst - 1) * every_ms
        full_at = None
        while full_at is None:
            full_at = await self._try(visitor, now, least, every_ms)
        return max(0, full_at - least)

    async def forget(self, now: int) -> None:
        """Drop everyone who may use a whole burst again."""
        async with self._database.writing() as connection:
            await connection.execute(delete(limits).where(limits.c.full_at <= now))

    async def _try(self, visitor: str, now: int, least: int, every_ms: int) -> int | None:
        """Count the request unless the visitor's `full_at`, which is returned, is beyond `least`;
        None when somebody else counted the visitor's first one at the same time.
        """
        later = case((limits.c.full_at < now, now), else_=limits.c.full_at) + every_ms
        mine = limits.c.visitor == visitor
        counting = update(limits).where(mine, limits.c.full_at <= least).values(full_at=later)
        first = insert(limits).values(visitor=visitor, full_at=now + every_ms)
        try:
            async with self._database.writing() as connection:
                if (await connection.execute(counting)).rowcount:
                    return now
                found = (await connection.execute(select(limits.c.full_at).where(mine))).scalar()
                if found is None:
                    await connection.execute(first)
                    return now
        except IntegrityError:
            return None
        return int(found) if found > least else None
