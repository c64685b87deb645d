"""How the two people want a running session to be: it holds for the next coach too."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, insert, select

from coach.hints.events import Pace
from coach.store.database import Database
from coach.store.schema import wishes

Listening = Literal["continuous", "push"]


@dataclass(frozen=True, slots=True)
class Wish:
    """Who has paused the coach (roles), how it is to listen, its pace, and whether its captions
    are on.
    """

    paused_by: frozenset[str] = frozenset()
    listening: Listening = "continuous"
    pace: Pace = "balanced"
    captions: bool = False


class Wishes:
    """The last wish of each running session."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, session_id: str, wish: Wish) -> None:
        """Write down what holds now."""
        async with self._database.writing() as connection:
            await connection.execute(delete(wishes).where(wishes.c.session_id == session_id))
            await connection.execute(
                insert(wishes).values(
                    session_id=session_id,
                    paused_by=sorted(wish.paused_by),
                    listening=wish.listening,
                    pace=wish.pace,
                    captions=wish.captions,
                )
            )

    async def of(self, session_id: str) -> Wish:
        """What holds; the defaults when nobody has wished anything."""
        query = select(wishes).where(wishes.c.session_id == session_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().first()
        if row is None:
            return Wish()
        paused_by = frozenset(row["paused_by"])
        return Wish(paused_by, row["listening"], row["pace"], row["captions"])
