"""Bringing the store's schema up to date, in one transaction that keeps others waiting."""

import asyncio
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from coach.errors import CoachError
from coach.settings import Settings
from coach.store.place import Place, place_of

SCRIPTS = Path(__file__).with_name("migrations")
HEAD = "0005"
LOCK_SECONDS = 60
_ADVISORY_LOCK = 0x_C0AC_4001


async def migrate(settings: Settings) -> str:
    """Make the store if need be, bring its schema up to date, and return its revision.

    Safe to run from several processes at once: one does it, the others wait and find it done.
    Raises CoachError when the store can't be opened or is of a newer program.
    """
    return await asyncio.to_thread(_migrate, place_of(settings))


def _migrate(place: Place) -> str:
    try:
        if place.file:
            _make_private(place.file)
        engine = _engine(place)
        try:
            _bring_to_head(engine, place)
        finally:
            engine.dispose()
    except (OSError, DBAPIError) as error:
        raise CoachError(
            f"the store {place.named()} can't be opened ({type(error).__name__})", place.remedy()
        ) from None
    return HEAD


def _bring_to_head(engine: Engine, place: Place) -> None:
    """Alembic takes ten megabytes of memory, so it is loaded only when there is work for it."""
    with engine.connect() as connection:
        if _revision(connection) == HEAD:
            return
    from coach.store.upgrade import UnknownRevisionError, upgrade

    with engine.execution_options(begin="BEGIN EXCLUSIVE").begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        try:
            upgrade(connection, SCRIPTS)
        except UnknownRevisionError:
            raise CoachError(
                f"the store {place.named()} was written by a newer version of this program",
                "install that version, or point COACH_HOME or DATABASE_URL elsewhere",
            ) from None


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _make_private(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)
    file.chmod(0o600)


def _engine(place: Place) -> Engine:
    engine = create_engine(place.url, connect_args=place.driver_options())
    if place.file:
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    """Deleted rows are overwritten; the driver is to leave transactions to us."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={LOCK_SECONDS * 1000}")
    connection.execute("PRAGMA secure_delete=ON")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
