"""Every test of the store runs on SQLite and, where Debian's binaries are, on PostgreSQL."""

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from tests.support.postgres import Postgres, running_postgres
from tests.support.stores import Engine

from coach.settings import Settings
from coach.store import Store, migrate, open_store

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server a run."""
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Engine:
    """An empty database of its own, which the settings in the environment name."""
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    name: str = request.param
    if name == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        url = server.make_database(f"store-{next(_numbers)}")
        monkeypatch.setenv("DATABASE_URL", url)
        return Engine(name, Settings(coach_home=tmp_path / "home", database_url=SecretStr(url)))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return Engine(name, Settings(coach_home=tmp_path / "home"))


@pytest.fixture
async def store(engine: Engine) -> AsyncIterator[Store]:
    """The store of this database, with its tables."""
    await migrate(engine.settings)
    async with open_store(engine.settings) as store:
        yield store
