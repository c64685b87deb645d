"""What the partner said in a running session, so that a new coach knows it too."""

from sqlalchemy import insert, select

from coach.store.clock import now_ms
from coach.store.database import Database
from coach.store.guard import refuse_when_erased
from coach.store.schema import turns


class Turns:
    """The heard segments of running sessions, each under its turn."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, session_id: str, turn_id: str, text: str) -> None:
        """Keep one heard segment."""
        sealed = self._database.cipher.seal(text)
        async with self._database.writing() as connection:
            await refuse_when_erased(connection, session_id)
            await connection.execute(
                insert(turns).values(
                    session_id=session_id, turn_id=turn_id, text=sealed, at=now_ms()
                )
            )

    async def all(self, session_id: str) -> dict[str, str]:
        """The text of every turn by its id, in the order they were said."""
        query = (
            select(turns.c.turn_id, turns.c.text)
            .where(turns.c.session_id == session_id)
            .order_by(turns.c.id)
        )
        said: dict[str, list[str]] = {}
        async with self._database.reading() as connection:
            for turn_id, text in await connection.execute(query):
                said.setdefault(turn_id, []).append(self._database.cipher.unseal(text))
        return {turn_id: " ".join(parts) for turn_id, parts in said.items()}
