"""The store: can it be written, and has it the tables of this version?"""

import asyncio
import tempfile
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from coach.doctor.case import Case
from coach.doctor.finding import Finding, failed, passed
from coach.store.migrate import SCRIPTS
from coach.store.place import Place, place_of

MIGRATE = "coach sessions migrate"


async def store(case: Case) -> Finding:
    """The store can be written, or made, and its migrations are done."""
    return await asyncio.to_thread(_store, place_of(case.settings))


def _store(place: Place) -> Finding:
    if place.file and not (place.file.is_file() and place.file.stat().st_size):
        return _makeable(place, place.file)
    engine = create_engine(place.url, connect_args=place.driver_options())
    try:
        with engine.connect() as connection:
            return _inspect(place, connection)
    except (OSError, SQLAlchemyError) as error:
        return failed(
            f"the store {place.named()} can't be opened ({type(error).__name__})", place.remedy()
        )
    finally:
        engine.dispose()


def _makeable(place: Place, file: Path) -> Finding:
    folder = next(parent for parent in file.parents if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=folder):
            return passed(f"{file} can be made")
    except OSError as error:
        return failed(f"{folder} can't be written ({error.strerror})", place.remedy())


def _inspect(place: Place, connection: Connection) -> Finding:
    head = ScriptDirectory(str(SCRIPTS)).get_current_head()
    current = MigrationContext.configure(connection).get_current_revision()
    if current != head:
        return failed(
            f"{place.named()} has the tables of version {current or 'none'}, not {head}", MIGRATE
        )
    try:
        connection.execute(text("UPDATE sessions SET room = room WHERE id IS NULL"))
    except SQLAlchemyError as error:
        return failed(f"{place.named()} can't be written ({type(error).__name__})", place.remedy())
    connection.rollback()
    return passed(f"{place.named()} can be written, version {head}")
