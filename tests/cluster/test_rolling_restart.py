"""Workers are replaced one after the other while partners talk: every turn and hint is there."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from tests.cluster.conftest import Meeting, meeting
from tests.support.cluster import Cluster, start

pytestmark = [pytest.mark.faults, pytest.mark.lengthy, pytest.mark.asyncio(loop_scope="module")]

SESSIONS = 3
HANDOVERS = 2
"""Of a session, at most; each may part what is just being said into two turns."""
GAP_S = 1.5
BEAT_S = 5.0
"""Without a word from the coach for so long, the page says that it is offline."""


async def talk(held: Meeting, stop: asyncio.Event) -> None:
    """One utterance after the other."""
    while not stop.is_set():
        await held.speak()


async def test_no_turn_is_lost_and_no_hint_comes_twice(cluster: Cluster) -> None:
    async with AsyncExitStack() as stack:
        held = [await stack.enter_async_context(meeting(cluster)) for _ in range(SESSIONS)]
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        began = loop.time()
        talking = [asyncio.create_task(talk(one, stop)) for one in held]
        try:
            await one_utterance(held)
            for worker in cluster.workers:
                await asyncio.to_thread(worker.stop)
                assert "Traceback" not in worker.log(), worker.log()
                await start(worker)
            await one_utterance(held)
        finally:
            stop.set()
            await asyncio.gather(*talking)
        for one in held:
            await settled(one)
            await one.check()
            turns = len(set(one.turns()))
            assert one.said <= turns <= one.said + HANDOVERS, (one.turns(), cluster.logs())
            assert one.both.watcher.longest_silence(began, loop.time()) < BEAT_S
            assert one.both.watcher.sound.longest_gap(began, loop.time()) < GAP_S
        turns, hints = sum(one.said for one in held), sum(len(one.kept()) for one in held)
        print(f"{SESSIONS} sessions, {turns} turns said and kept, {hints} hints shown and kept")


async def one_utterance(held: list[Meeting]) -> None:
    """Until every partner has ended another one."""
    before = [one.said for one in held]
    await held[0].both.facilitator.until(
        lambda: all(one.said > said for one, said in zip(held, before, strict=True)), 60
    )


async def settled(held: Meeting) -> None:
    """Wait until the last hint, if one is due, is on the page."""
    facilitator = held.both.facilitator
    await facilitator.until(lambda: facilitator.state() != ("thinking", ""), 15)
