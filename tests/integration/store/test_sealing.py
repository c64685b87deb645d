"""Text sealed with keys: on disk it is none, and keys can be changed."""

import pytest
from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError
from tests.support.stores import HINT_WORDS, NOTE_WORDS, TURN_WORDS, WORDS, Engine, fill

from coach.errors import CoachError
from coach.settings import Settings
from coach.store import Store, migrate, open_store
from coach.store.rekey import rekey
from coach.store.sealing import new_key

pytestmark = pytest.mark.integration


def sealed(engine: Engine, *keys: str) -> Settings:
    return engine.changed(coach_store_keys=SecretStr(",".join(keys)))


async def reads_all(store: Store, session_id: str) -> None:
    assert await store.turns.all(session_id) == {f"{session_id}-t1": " ".join(TURN_WORDS)}
    (hint,) = await store.hints.after(session_id, 0)
    assert hint.sections[0]["text"] == " ".join(HINT_WORDS)
    assert await store.summaries.of(session_id) == " ".join(NOTE_WORDS)
    session = await store.sessions.get(session_id)
    assert session is not None
    assert session.name in WORDS


async def test_sealed_text_is_not_on_the_disk(engine: Engine) -> None:
    await migrate(engine.settings)
    async with open_store(sealed(engine, new_key())) as store:
        session_id = await fill(store)
        assert engine.found() == set()
        await reads_all(store, session_id)


async def test_keys_change_and_text_from_before_there_were_any_is_sealed(engine: Engine) -> None:
    await migrate(engine.settings)
    old, new = new_key(), new_key()
    async with open_store(engine.settings) as store:
        plain = await fill(store)
    async with open_store(sealed(engine, old)) as store:
        early = await fill(store)
        await reads_all(store, plain)
    async with open_store(sealed(engine, new, old)) as store:
        await reads_all(store, early)
        assert await rekey(store.database) == 8
        await store.erasure.vacuum()
        await store.erasure.scrub()
        assert engine.found() == set()
    async with open_store(sealed(engine, new)) as store:
        for session_id in (plain, early):
            await reads_all(store, session_id)


async def test_without_its_key_text_is_refused_and_not_lost(engine: Engine) -> None:
    await migrate(engine.settings)
    key = new_key()
    async with open_store(sealed(engine, key)) as store:
        session_id = await fill(store)
    for settings in (engine.settings, sealed(engine, new_key())):
        async with open_store(settings) as store:
            with pytest.raises(SQLAlchemyError):
                await store.turns.all(session_id)
            with pytest.raises(SQLAlchemyError):
                await rekey(store.database)
    async with open_store(sealed(engine, key)) as store:
        await reads_all(store, session_id)
        await store.sessions.end(session_id)
        assert await store.turns.all(session_id) == {}


async def test_a_key_that_is_none_is_named(engine: Engine) -> None:
    with pytest.raises(CoachError, match="COACH_STORE_KEYS"):
        async with open_store(sealed(engine, "short")):
            pass


async def test_plain_text_is_never_taken_for_sealed(store: Store) -> None:
    session_id = await store.sessions.begin("room")
    await store.turns.add(session_id, "t1", "\x02odd")
    assert await store.turns.all(session_id) == {"t1": "odd"}
