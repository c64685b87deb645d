"""One of each part is killed while people talk: no session ends, and nothing is said twice."""

import asyncio
import time

import pytest
from tests.cluster.conftest import Meeting, meeting, meetings_on_both_workers
from tests.support.cluster import Cluster, start

pytestmark = [pytest.mark.faults, pytest.mark.lengthy, pytest.mark.asyncio(loop_scope="module")]

GAP_S = 1.5
"""Sound that stays away for longer than this would be noticed by people."""
BEAT_S = 5.0
SOUND_BACK_S = 30.0


async def both_hear_a_hint(*meetings: Meeting) -> None:
    await asyncio.gather(*(one.hear_a_hint() for one in meetings))


async def test_a_worker_is_killed(cluster: Cluster) -> None:
    async with meetings_on_both_workers(cluster) as (one, other, *_):
        await both_hear_a_hint(one, other)
        victim = one.worker()
        killed = time.monotonic()
        victim.kill()
        await other.hear_a_hint()
        back = await one.back(killed)
        await both_hear_a_hint(one, other)
        now = time.monotonic()
        for held in (one, other):
            await held.check()
            assert len(set(held.turns())) == held.said
            assert held.both.watcher.sound.longest_gap(killed, now) < GAP_S
        assert other.both.watcher.longest_silence(killed, now) < BEAT_S
        assert one.worker() is not victim
        asked = [str(call.messages) for call in cluster.provider.chat_calls]
        assert any("Hints already given" in text for text in asked)
        print(f"worker killed: coach back after {back:.1f} s")
        await start(victim)


async def test_a_web_app_is_killed(cluster: Cluster) -> None:
    async with meeting(cluster) as one, meeting(cluster) as other:
        await both_hear_a_hint(one, other)
        killed = time.monotonic()
        cluster.webs[0].kill()
        await both_hear_a_hint(one, other)
        async with meeting(cluster) as new:
            await new.hear_a_hint()
            await new.check()
        now = time.monotonic()
        for held in (one, other):
            await held.check()
            assert len(set(held.turns())) == held.said
            assert held.both.watcher.sound.longest_gap(killed, now) < GAP_S
            assert held.both.watcher.longest_silence(killed, now) < BEAT_S
        await start(cluster.webs[0])


async def test_a_livekit_node_is_killed(cluster: Cluster) -> None:
    victim, stays = cluster.nodes
    async with meeting(cluster, victim) as one, meeting(cluster, stays) as other:
        assert (one.node(), other.node()) == (victim, stays)
        await both_hear_a_hint(one, other)
        killed = time.monotonic()
        victim.kill()
        await other.hear_a_hint()
        sound = await sound_back(one, killed)
        back = await one.back(killed + sound)
        assert one.node() is stays
        await both_hear_a_hint(one, other)
        now = time.monotonic()
        for held in (one, other):
            await held.check()
            assert len(set(held.turns())) == held.said
        assert other.both.watcher.sound.longest_gap(killed, now) < GAP_S
        print(f"LiveKit server killed: coach back after {sound + back:.1f} s")
        await start(victim)


async def sound_back(held: Meeting, killed: float) -> float:
    """Wait until the facilitator hears the partner again; seconds since the kill."""
    heard = held.both.watcher.sound.at
    await held.both.facilitator.until(
        lambda: any(moment > killed + GAP_S for moment in heard[-5:]), SOUND_BACK_S
    )
    return next(moment for moment in heard if moment > killed + GAP_S) - killed
