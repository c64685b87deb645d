"""The schema: one history for both engines, run once whoever else runs it."""

import asyncio
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from tests.support.stores import Engine, fill, sqlite_file

from coach.errors import CoachError
from coach.settings import Settings
from coach.store import migrate, open_store
from coach.store.migrate import SCRIPTS
from coach.store.place import place_of
from coach.store.schema import metadata

pytestmark = pytest.mark.integration

PROCESS_S = 60.0


async def test_the_migrations_make_exactly_the_tables_of_the_program(engine: Engine) -> None:
    assert await migrate(engine.settings) == await migrate(engine.settings) == _newest()
    database = create_engine(place_of(engine.settings).url)
    with database.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.dispose()


def _newest() -> str | None:
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


def _as_the_first_release(engine: Engine) -> None:
    """Its tables came from no migration, so nothing says which version they are."""
    if engine.name == "sqlite":
        engine.settings.coach_home.mkdir()
    database = create_engine(place_of(engine.settings).url)
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with database.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text("DROP TABLE alembic_version"))
    database.dispose()
    engine.run("INSERT INTO sessions VALUES ('s-1', 'room', 1, NULL), ('s-0', 'room', 1, 2)")
    engine.run(
        "INSERT INTO turns (session_id, turn_id, at, text) VALUES ('s-1', 't1', 5, 'still here')"
    )
    engine.run(
        "INSERT INTO hints VALUES ('h1', 's-1', 1, 't1', 7, 'hint', "
        """'[{"section": "summary", "text": "so is this"}]', '{"total": 3}', 'used')"""
    )
    engine.run(
        "INSERT INTO consents (session_id, identity, state, version, at) "
        "VALUES ('s-1', 'partner', 'granted', 'v1', 3)"
    )
    engine.run("INSERT INTO wishes VALUES ('s-1', '[]', 'push', 'quiet')")


async def test_a_database_of_the_first_release_is_taken_over(engine: Engine) -> None:
    _as_the_first_release(engine)
    await migrate(engine.settings)
    async with open_store(engine.settings) as store:
        assert await store.sessions.running("room") == "s-1"
        ended = await store.sessions.get("s-0")
        assert ended is not None
        assert ended.state == "erased"
        assert await store.turns.all("s-1") == {"t1": "still here"}
        (kept,) = await store.hints.after("s-1", 0)
        assert kept.sections == [{"section": "summary", "text": "so is this"}]
        assert (kept.latency_ms, kept.verdict) == ({"total": 3}, "used")
        assert await store.consents.current("s-1", "partner") == "granted"
        assert (await store.wishes.of("s-1")).listening == "push"
        await store.turns.add("s-1", "t2", "and new")
        await store.consents.record("s-1", "partner", agreed=False, version="v1")


MIGRATE = """
import asyncio, sys
from coach.settings import Settings
from coach.store import migrate
print(asyncio.run(migrate(Settings())), "alembic" in sys.modules)
"""


def _migrating(folder: Path) -> subprocess.Popen[str]:
    """A process that migrates the store of the environment's settings."""
    return subprocess.Popen(
        [sys.executable, "-c", MIGRATE],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_of_two_processes_at_once_one_migrates_and_both_go_on(
    engine: Engine, tmp_path: Path
) -> None:
    both = [_migrating(tmp_path) for _ in range(2)]
    said = [process.communicate(timeout=PROCESS_S)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert {line.split()[0] for line in said} == {_newest()}, said
    assert len(engine.run("SELECT version_num FROM alembic_version")) == 1
    again = _migrating(tmp_path)
    assert again.communicate(timeout=PROCESS_S)[0] == f"{_newest()} False\n"


async def test_one_migration_waits_for_the_other(engine: Engine) -> None:
    """Two in one process at the same time, from an empty database."""
    versions = await asyncio.gather(*(migrate(engine.settings) for _ in range(4)))
    assert len(set(versions)) == 1
    assert len(engine.run("SELECT version_num FROM alembic_version")) == 1


async def test_a_store_of_a_newer_program_is_left_alone(engine: Engine) -> None:
    await migrate(engine.settings)
    engine.run("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CoachError, match="newer version"):
        await migrate(engine.settings)


async def test_the_sqlite_file_is_its_owners_alone(tmp_path: Path) -> None:
    settings = Settings(coach_home=tmp_path / "home")
    await migrate(settings)
    async with open_store(settings) as store:
        await store.sessions.begin("room")
        modes = {stat.S_IMODE(file.stat().st_mode) for file in settings.coach_home.iterdir()}
        assert modes == {0o600}
        async with store.database.reading() as connection:
            wanted = {"journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1}
            for pragma, value in wanted.items():
                assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar() == value
            assert (await connection.execute(text("PRAGMA busy_timeout"))).scalar() != 0
    assert sqlite_file(settings).is_file()


async def test_on_postgresql_no_other_role_sees_a_row(engine: Engine) -> None:
    """As Supabase's `anon`, which may read whatever has no row security."""
    if engine.name == "sqlite":
        pytest.skip("SQLite has no roles")
    await migrate(engine.settings)
    async with open_store(engine.settings) as store:
        await fill(store)
    role = f"anon_{id(engine)}"
    engine.run(f"CREATE ROLE {role}")
    engine.run(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
    tables = [
        row.tablename
        for row in engine.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    ]
    assert set(metadata.tables) < set(tables)
    for table in tables:
        assert engine.run(f"SET LOCAL ROLE {role}", f"SELECT * FROM {table}") == [], table  # noqa: S608


async def test_nothing_is_prepared_on_a_poolers_connection(engine: Engine) -> None:
    if engine.name == "sqlite":
        pytest.skip("SQLite has no pooler")
    await migrate(engine.settings)
    async with open_store(engine.settings) as store, store.database.reading() as connection:
        for _ in range(12):
            await connection.execute(text("SELECT id FROM sessions"))
        count = text("SELECT count(*) FROM pg_prepared_statements")
        assert (await connection.execute(count)).scalar() == 0
