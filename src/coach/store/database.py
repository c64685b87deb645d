"""Opening the database: SQLite in COACH_HOME."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from coach.errors import CoachError
from coach.store.consents import Consents
from coach.store.hints import Hints
from coach.store.schema import metadata, sessions
from coach.store.sessions import Sessions
from coach.store.turns import Turns
from coach.store.wishes import Wishes

FILE_NAME = "coach.sqlite3"


@dataclass(frozen=True)
class Store:
    """One repository a table; each method is one transaction."""

    engine: AsyncEngine
    sessions: Sessions
    consents: Consents
    hints: Hints
    turns: Turns
    wishes: Wishes

    async def ping(self) -> None:
        """Raise SQLAlchemyError when the store can't be read."""
        async with self.engine.connect() as connection:
            await connection.execute(select(sessions.c.id).limit(1))


@asynccontextmanager
async def open_store(home: Path) -> AsyncIterator[Store]:
    """Open the store of this home, made when it isn't there, and close it at the end.

    Raises CoachError when the file can't be opened or written.
    """
    path = home / FILE_NAME
    try:
        _make_private(home, path)
        engine = create_async_engine(f"sqlite+aiosqlite:///{path}")
        event.listen(engine.sync_engine, "connect", _prepare_connection)
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
    except (OSError, SQLAlchemyError) as error:
        raise CoachError(
            f"the store {path} can't be opened ({type(error).__name__})",
            "set COACH_HOME to a directory that you can write to",
        ) from None
    try:
        yield Store(
            engine, Sessions(engine), Consents(engine), Hints(engine), Turns(engine), Wishes(engine)
        )
    finally:
        await engine.dispose()


def _make_private(home: Path, path: Path) -> None:
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)


def _prepare_connection(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "busy_timeout=5000",
        "foreign_keys=ON",
        "secure_delete=ON",
        "synchronous=NORMAL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
