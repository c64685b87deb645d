"""Text goes when its session ends, or when its time is over, and leaves a receipt alone."""

import asyncio

import pytest
from sqlalchemy import text
from tests.support.stores import NAME_WORDS, WORDS, Engine, fill, hint

from coach.store import Store, migrate, open_store
from coach.store.clock import now_ms
from coach.store.guard import SessionErasedError
from coach.store.sweeper import DAY_MS, HOUR_MS, Swept, sweeping

pytestmark = pytest.mark.integration


async def test_the_end_of_a_session_is_the_end_of_its_text(store: Store, engine: Engine) -> None:
    session_id = await fill(store)
    other = await store.sessions.begin("other room")
    await store.turns.add(other, "t1", "goes on")
    assert engine.found() == set(WORDS)
    assert await store.sessions.end(session_id)
    assert engine.found() == set()
    assert await store.turns.all(other) == {"t1": "goes on"}
    (receipt,) = await store.erasure.receipts(session_id)
    assert (receipt.reason, receipt.hints, receipt.turns, receipt.summaries) == ("ended", 1, 1, 1)
    assert await store.sessions.end(session_id)
    assert await store.erasure.receipts(session_id) == [receipt]


async def _agree_to_keeping(store: Store, session_id: str, *, agreed: bool) -> None:
    await store.consents.record(
        session_id, "partner", agreed=agreed, version="v1", purpose="keeping"
    )


async def test_without_consent_nothing_is_kept_whatever_the_setting(engine: Engine) -> None:
    settings = engine.changed(retention_days=30)
    await migrate(settings)
    async with open_store(settings) as store:
        assert await store.sessions.end(await fill(store))
        assert engine.found() == set()


async def test_without_the_setting_nothing_is_kept_whatever_the_consent(
    store: Store, engine: Engine
) -> None:
    session_id = await fill(store)
    await _agree_to_keeping(store, session_id, agreed=True)
    assert await store.sessions.end(session_id)
    assert engine.found() == set()


async def test_agreed_text_is_kept_for_its_days_and_then_swept(engine: Engine) -> None:
    settings = engine.changed(retention_days=30)
    await migrate(settings)
    async with open_store(settings) as store:
        session_id = await fill(store)
        await _agree_to_keeping(store, session_id, agreed=True)
        assert not await store.sessions.end(session_id)
        assert await store.sweeper.sweep() == Swept(ended=0, erased=0)
        assert engine.found() == set(WORDS)
    engine.run("UPDATE sessions SET ended_at = :then", then=now_ms() - 30 * DAY_MS)
    async with open_store(settings) as store:
        assert await store.sweeper.sweep() == Swept(ended=0, erased=1)
        assert engine.found() == set()
        (receipt,) = await store.erasure.receipts(session_id)
        assert receipt.reason == "retention"


@pytest.mark.parametrize("change", ["withdrawn", "setting"])
async def test_kept_text_goes_once_it_may_no_longer_be_kept(engine: Engine, change: str) -> None:
    settings = engine.changed(retention_days=30)
    await migrate(settings)
    async with open_store(settings) as store:
        session_id = await fill(store)
        await _agree_to_keeping(store, session_id, agreed=True)
        await store.sessions.end(session_id)
        if change == "withdrawn":
            await _agree_to_keeping(store, session_id, agreed=False)
    async with open_store(settings if change == "withdrawn" else engine.settings) as store:
        assert (await store.sweeper.sweep()).erased == 1
        assert engine.found() == set()


LEFT = [(25, None, None), (25, None, 2), (3, 2, None), (49, -40, 25)]
"""Hours ago: when a session began, when it expires, when the last word was said."""
GOING_ON = [(1, None, None), (25, None, 0.5), (25, -2, None), (3, 2, 0.5)]


async def _aged(
    store: Store, engine: Engine, began: float, expires: float | None, last_word: float | None
) -> str:
    now = now_ms()
    session_id = await store.sessions.begin(
        "room", expires_at=None if expires is None else int(now - expires * HOUR_MS)
    )
    engine.run(
        "UPDATE sessions SET created_at = :at WHERE id = :id",
        at=int(now - began * HOUR_MS),
        id=session_id,
    )
    if last_word is not None:
        await store.turns.add(session_id, "t1", WORDS[0])
        engine.run(
            "UPDATE turns SET at = :at WHERE session_id = :id",
            at=int(now - last_word * HOUR_MS),
            id=session_id,
        )
    return session_id


async def test_a_session_that_nobody_ended_is_ended(store: Store, engine: Engine) -> None:
    left = {await _aged(store, engine, *ages) for ages in LEFT}
    going_on = {await _aged(store, engine, *ages) for ages in GOING_ON}
    assert await store.sweeper.sweep() == Swept(ended=len(left), erased=0)
    states = {session.session_id: session.state for session in await store.sessions.latest(100)}
    assert states == dict.fromkeys(left, "erased") | dict.fromkeys(going_on, "open")
    assert len(engine.run("SELECT id FROM turns")) == 2


async def test_no_text_comes_after_the_erasing(store: Store, engine: Engine) -> None:
    session_id = await fill(store)
    await store.sessions.end(session_id)
    for write in (
        store.turns.add(session_id, "t9", WORDS[0]),
        store.hints.add(hint(session_id, seq=9)),
        store.summaries.keep(session_id, WORDS[0]),
    ):
        with pytest.raises(SessionErasedError):
            await write
    assert engine.found() == set()


async def test_of_writing_and_erasing_at_once_nothing_stays(store: Store, engine: Engine) -> None:
    session_id = await fill(store)
    writes = [store.turns.add(session_id, f"t{number}", WORDS[0]) for number in range(20)]
    await asyncio.gather(*writes, store.sessions.end(session_id), return_exceptions=True)
    assert engine.found() == set()


async def test_what_an_older_program_left_goes_with_the_next_sweep(
    store: Store, engine: Engine
) -> None:
    session_id = await fill(store)
    await store.sessions.end(session_id)
    engine.run(
        "INSERT INTO turns (session_id, turn_id, at, text) VALUES (:id, 't9', 1, :text)",
        id=session_id,
        text=WORDS[0],
    )
    assert await store.sweeper.sweep() == Swept(ended=0, erased=1)
    assert engine.found() == set()
    reasons = [receipt.reason for receipt in await store.erasure.receipts(session_id)]
    assert reasons == ["ended", "late"]


async def test_the_sweeper_begins_with_what_it_finds(store: Store, engine: Engine) -> None:
    session_id = await fill(store)
    engine.run("UPDATE sessions SET created_at = 1")
    engine.run("UPDATE turns SET at = 1")
    async with asyncio.timeout(30), sweeping(store.sweeper):
        while True:
            if await store.erasure.receipts(session_id):
                break
            await asyncio.sleep(0.02)


async def test_a_reader_holds_up_the_emptying_of_the_log_and_that_is_told(
    store: Store, engine: Engine
) -> None:
    if engine.name == "postgresql":
        pytest.skip("PostgreSQL's log is its own")
    session_id = await fill(store)
    async with store.database.reading() as reader:
        await reader.execute(text("SELECT count(*) FROM turns"))
        await store.turns.add(session_id, "t2", WORDS[0])
        assert not await store.erasure.scrub()
    await store.erasure.erase(session_id, "asked")
    assert engine.found() == set()


async def test_the_list_shows_states_and_no_name_of_an_erased_session(store: Store) -> None:
    erased, running = await fill(store), await fill(store)
    await store.sessions.end(erased)
    shown = {session.session_id: session for session in await store.sessions.latest(10)}
    assert (shown[erased].state, shown[erased].name) == ("erased", "")
    assert (shown[running].state, shown[running].name) == ("open", " ".join(NAME_WORDS))
