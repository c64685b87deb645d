"""A store that is down, full or held up: nobody waits for it long, and the status says so."""

import asyncio
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from tests.support.postgres import Postgres, running_postgres
from tests.support.stores import TURN_WORDS, WORDS, Engine, fill, hint, sqlite_file

from coach.errors import CoachError
from coach.settings import Settings
from coach.store import Store, Wish, migrate, open_store
from coach.worker.memory import PAUSED, Memory, Past, recall

pytestmark = pytest.mark.integration

WITHIN_S = 30.0


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A server that the test may stop."""
    with running_postgres() as server:
        yield server


def memory_of(store: Store, session_id: str, said: list[bool]) -> Memory:
    return Memory(store, session_id, said.append)


async def _fill_up(store: Store) -> None:
    """SQLite takes no further page, as on a full disk."""
    async with store.database.bare() as connection:
        pages = (await connection.execute(text("PRAGMA page_count"))).scalar()
        await connection.execute(text(f"PRAGMA max_page_count={pages}"))


async def test_a_full_disk_is_told_and_passes(tmp_path: Path) -> None:
    settings = Settings(coach_home=tmp_path)
    await migrate(settings)
    said: list[bool] = []
    async with open_store(settings) as store:
        session_id = await fill(store)
        memory = memory_of(store, session_id, said)
        await _fill_up(store)
        await memory.keep_hint(hint(session_id, seq=2, words="x" * 200_000))
        assert said == [False]
        assert len(await store.hints.after(session_id, 0)) == 1
        async with store.database.bare() as connection:
            await connection.execute(text("PRAGMA max_page_count=1000000"))
        await memory.keep_hint(hint(session_id, seq=2, words="x" * 200_000))
        assert said == [False, True]
        assert len(await store.hints.after(session_id, 0)) == 2


async def test_a_writer_that_holds_the_store_does_not_hold_the_coach(tmp_path: Path) -> None:
    settings = Settings(coach_home=tmp_path)
    await migrate(settings)
    said: list[bool] = []
    async with open_store(settings) as store, open_store(settings) as other:
        session_id = await fill(store)
        memory = memory_of(store, session_id, said)
        async with asyncio.timeout(WITHIN_S), other.database.writing():
            await memory.mark(session_id, "used")
        assert said == [False]
        async with asyncio.timeout(WITHIN_S):
            while said[-1] is False:
                await memory.mark(session_id, "used")


async def test_a_wish_that_was_not_taken_is_offered_again(tmp_path: Path) -> None:
    settings = Settings(coach_home=tmp_path)
    await migrate(settings)
    said: list[bool] = []
    async with open_store(settings) as store, open_store(settings) as other:
        session_id = await fill(store)
        memory = memory_of(store, session_id, said)
        async with asyncio.timeout(WITHIN_S), other.database.writing():
            await memory.keep_wish(PAUSED)
        assert said == [False]
        async with asyncio.timeout(WITHIN_S):
            while said[-1] is False:
                await memory.keep_late()
        assert (await recall(store, session_id)).wish == PAUSED
        await memory.keep_late()
        assert said.count(True) == 1


async def test_of_wishes_at_once_the_last_one_holds(engine: Engine) -> None:
    await migrate(engine.settings)
    said: list[bool] = []
    async with open_store(engine.settings) as store:
        session_id = await fill(store)
        memory = memory_of(store, session_id, said)
        wishes = [*(Wish(pace="lively", captions=bool(n % 2)) for n in range(7)), PAUSED]
        await asyncio.gather(*(memory.keep_wish(wish) for wish in wishes))
        assert False not in said
        assert (await recall(store, session_id)).wish == PAUSED


async def test_a_database_server_that_goes_and_comes(
    own_postgres: Postgres, tmp_path: Path
) -> None:
    url = own_postgres.make_database("goes")
    settings = Settings(coach_home=tmp_path, database_url=SecretStr(url))
    await migrate(settings)
    said: list[bool] = []
    async with open_store(settings) as store:
        session_id = await fill(store)
        memory = memory_of(store, session_id, said)
        await memory.keep_hint(hint(session_id, seq=2))
        own_postgres.stop()
        async with asyncio.timeout(WITHIN_S):
            await memory.keep_hint(hint(session_id, seq=3))
            assert await recall(store, session_id) == Past()
            await memory.end()
        assert said == [True, False]
        with pytest.raises(SQLAlchemyError):
            await store.ping()
        own_postgres.start()
        await memory.keep_hint(hint(session_id, seq=4))
        assert said == [True, False, True]
        assert [kept.seq for kept in await store.hints.after(session_id, 0)] == [1, 2, 4]
    own_postgres.stop()
    with pytest.raises(CoachError, match="can't be opened"):
        await migrate(settings)


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    settings = Settings(coach_home=tmp_path)
    sqlite_file(settings).write_text("not a database, not at all" * 100)
    with pytest.raises(CoachError, match=r"coach\.sqlite3 can't be opened"):
        await migrate(settings)


async def test_no_failure_repeats_what_was_said(engine: Engine) -> None:
    await migrate(engine.settings)
    async with open_store(engine.settings) as store:
        with pytest.raises(SQLAlchemyError) as caught:
            await store.turns.add("s-unknown", "t1", " ".join(TURN_WORDS))
    told = "".join(traceback.format_exception(caught.value))
    assert not [word for word in WORDS if word in told]
