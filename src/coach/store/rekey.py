"""Sealing every stored text with the first of the keys."""

from sqlalchemy import Column, select, update
from sqlalchemy.ext.asyncio.engine import AsyncConnection

from coach.store.database import Database
from coach.store.schema import SEALED


async def rekey(database: Database) -> int:
    """Read each text with the key it has, or none, and seal it with the first one; the number of
    texts. Raises UnreadableTextError, with nothing changed, when a key is missing.
    """
    async with database.writing() as connection:
        return sum([await _rekey(connection, column, database) for column in SEALED])


async def _rekey(connection: AsyncConnection, column: "Column[str]", database: Database) -> int:
    table = column.table
    (key,) = table.primary_key
    rows = await connection.execute(select(key, column).where(column.is_not(None)))
    texts = rows.all()
    for row_key, stored in texts:
        sealed = database.cipher.seal(database.cipher.unseal(stored))
        await connection.execute(update(table).where(key == row_key).values({column.name: sealed}))
    return len(texts)
