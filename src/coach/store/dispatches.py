"""The last coach that was called for each session, so that two callers never call two."""

from dataclasses import asdict, dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from coach.store.database import Database
from coach.store.schema import dispatches


@dataclass(frozen=True, slots=True)
class LastDispatch:
    """`fence` is its fencing number, 0 before the first; `at` is when, and `missed_at` when a page
    missed its coach last, in milliseconds since the epoch.
    """

    fence: int = 0
    at: int = 0
    missed_at: int = 0


class Dispatches:
    """One row a session, changed by whoever is quickest."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def last(self, session_id: str) -> LastDispatch:
        """The last one; an empty one when nobody was ever called."""
        query = select(dispatches).where(dispatches.c.session_id == session_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().first()
        if row is None:
            return LastDispatch()
        return LastDispatch(row["fence"], row["at"], row["missed_at"])

    async def replace(self, session_id: str, last: LastDispatch, new: LastDispatch) -> bool:
        """Put `new` in the place of the `last` one that was read; False when somebody else has
        done so meanwhile.
        """
        if not last.fence:
            return await self._begin(session_id, new)
        async with self._database.writing() as connection:
            changed = await connection.execute(
                update(dispatches)
                .where(dispatches.c.session_id == session_id, dispatches.c.fence == last.fence)
                .values(**asdict(new))
            )
        return bool(changed.rowcount)

    async def note_miss(self, session_id: str, at: int) -> None:
        """A page misses the coach that was dispatched last."""
        noting = update(dispatches).where(dispatches.c.session_id == session_id)
        async with self._database.writing() as connection:
            await connection.execute(noting.values(missed_at=at))

    async def _begin(self, session_id: str, new: LastDispatch) -> bool:
        try:
            async with self._database.writing() as connection:
                await connection.execute(
                    insert(dispatches).values(session_id=session_id, **asdict(new))
                )
        except IntegrityError:
            return False
        return True
