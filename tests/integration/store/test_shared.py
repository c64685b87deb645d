"""What several processes on one store count and decide together."""

import asyncio

import pytest
from tests.support.stores import Engine

from coach.store import Store, open_store
from coach.store.dispatches import LastDispatch

pytestmark = pytest.mark.integration

STEP_MS = 2000


async def test_a_burst_passes_then_one_at_a_time_whoever_counts(
    store: Store, engine: Engine
) -> None:
    async with open_store(engine.settings) as other:

        async def ask(now: int, visitor: str = "a") -> int:
            shops = (store, other) if now % 2 else (other, store)
            waits = shops[0].limits.wait_ms
            return await waits(visitor, now, burst=3, every_ms=STEP_MS)

        assert [await ask(1000 + n) for n in range(3)] == [0, 0, 0]
        assert [await ask(1003), await ask(1004)] == [STEP_MS - 3, STEP_MS - 4]
        assert await ask(1004, "b") == 0
        assert [await ask(1000 + STEP_MS), await ask(1001 + STEP_MS)] == [0, STEP_MS - 1]
        assert [await ask(60_000 + n) for n in range(4)] == [0, 0, 0, STEP_MS - 3]


async def test_of_many_at_once_only_a_burst_passes(store: Store, engine: Engine) -> None:
    async with open_store(engine.settings) as other:
        asked = (
            shop.limits.wait_ms("a", 1000, burst=5, every_ms=STEP_MS) for shop in (store, other) * 8
        )
        waits = await asyncio.gather(*asked)
    assert sorted(waits) == [0] * 5 + [STEP_MS] * 11


async def test_what_is_over_is_forgotten(store: Store, engine: Engine) -> None:
    now = 1000
    await store.limits.wait_ms("a", now, burst=3, every_ms=STEP_MS)
    await store.sign_outs.add("old", now)
    await store.sign_outs.add("new", now + STEP_MS)
    await store.limits.forget(now)
    await store.sign_outs.forget(now)
    assert [row.visitor for row in engine.run("SELECT visitor FROM limits")] == ["a"]
    assert await store.sign_outs.holds("old")
    assert not await store.sign_outs.holds("new")
    await store.sweeper.sweep()
    assert engine.run("SELECT * FROM limits") == engine.run("SELECT * FROM sign_outs") == []


async def test_of_two_that_call_a_coach_one_is_quicker(store: Store, engine: Engine) -> None:
    session_id = await store.sessions.begin("room")
    nobody = LastDispatch()
    assert await store.dispatches.last(session_id) == nobody
    async with open_store(engine.settings) as other:
        for last, fence in ((nobody, 10), (LastDispatch(10, 5), 20)):
            shops = (store, other) * 4
            new = [LastDispatch(fence + number, 5) for number in range(len(shops))]
            tried = [
                shop.dispatches.replace(session_id, last, one)
                for shop, one in zip(shops, new, strict=True)
            ]
            taken = await asyncio.gather(*tried)
            assert taken.count(True) == 1
            assert await other.dispatches.last(session_id) == new[taken.index(True)]
            await store.dispatches.replace(session_id, new[taken.index(True)], LastDispatch(10, 5))
