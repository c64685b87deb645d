"""Connections to the store, for reading and for writing."""

from contextlib import AbstractAsyncContextManager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio.engine import AsyncConnection, AsyncEngine, create_async_engine

from coach.store.place import Place
from coach.store.sealing import Cipher

POOL_SIZE = 2
RECYCLE_SECONDS = 300
_PRAGMAS = (
    "busy_timeout=5000",
    "journal_mode=WAL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "synchronous=NORMAL",
    "temp_store=MEMORY",
)


class Database:
    """One engine; it connects at the first use, so a store that is down fails only its callers."""

    def __init__(self, place: Place, cipher: Cipher) -> None:
        self.place = place
        self.cipher = cipher
        self.engine = _engine(place)
        self._writer = self.engine.execution_options(begin="BEGIN IMMEDIATE")
        level = {} if place.file else {"isolation_level": "AUTOCOMMIT"}
        self._bare = self.engine.execution_options(begin="", **level)

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection that sees one state and changes nothing."""
        return self.engine.connect()

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A transaction, committed at the end of the block. SQLite has one writer at a time: the
        next one waits here and not in the middle of its work.
        """
        return self._writer.begin()

    def bare(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection outside any transaction, for upkeep."""
        return self._bare.connect()

    async def aclose(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def _engine(place: Place) -> AsyncEngine:
    options: dict[str, Any] = {
        "connect_args": place.driver_options(),
        "hide_parameters": True,
    }
    if place.file:
        engine = create_async_engine(place.asynchronous(), **options)
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
        return engine
    return create_async_engine(
        place.asynchronous(),
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        pool_pre_ping=True,
        pool_recycle=RECYCLE_SECONDS,
        **options,
    )


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    if statement := connection.get_execution_options().get("begin", "BEGIN"):
        connection.exec_driver_sql(statement)
