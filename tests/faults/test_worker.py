"""The worker dies or stands still: the call goes on, the facilitator knows, hints come back."""

import asyncio
import json
import signal
import time

import psutil
import pytest
from livekit import api
from tests.faults.conftest import Note
from tests.faults.watching import GONE_S, Call, call
from tests.support.coach import Coach
from tests.support.speech import utterances
from tests.support.stage import ROOM, Stage

from coach.protocol import AGENT_NAME, fence_of

pytestmark = [pytest.mark.faults, pytest.mark.asyncio(loop_scope="module")]

SPEECH = utterances()["partner-scared"].path
CONNECTED = "Connected to LiveKit server"
GAP_S = 1.5
"""Sound that stays away for longer than this would be noticed by people."""
BEAT_S = 2.5
BACK_S = 10.0


def worker_of(coach: Coach) -> psutil.Process:
    children = psutil.Process(coach.process.pid).children()
    return next(child for child in children if "worker-process" in child.cmdline())


async def hear_a_hint(both: Call) -> None:
    before = len(both.seqs())
    await both.partner.say(SPEECH)
    await both.facilitator.until(lambda: len(both.seqs()) > before, timeout_s=40)


def assert_each_once(both: Call, hints: int) -> None:
    assert both.seqs() == list(range(1, hints + 1)), both.facilitator.seen()


@pytest.mark.lengthy
async def test_kill_9(stage: Stage, note: Note) -> None:
    async with call(stage.web) as both:
        await hear_a_hint(both)
        connections = stage.coach.log().count(CONNECTED)
        killed = time.monotonic()
        worker_of(stage.coach).send_signal(signal.SIGKILL)
        await stage.coach.until(lambda: stage.coach.log().count(CONNECTED) > connections)
        up = time.monotonic()
        await both.facilitator.until(
            lambda: len(both.watcher.beats) and both.watcher.beats[-1][0] > up
        )
        await both.until_heard()
        back = time.monotonic()
        await hear_a_hint(both)
        assert_each_once(both, 2)
        assert len(stage.provider.chat_calls[-1].messages) == 2
        assert "Hints already given" in stage.provider.chat_calls[-1].messages[1]["content"]
        noticed = both.watcher.told_offline(killed)
        assert noticed <= GONE_S
        assert back - max(up, killed + noticed) <= BACK_S
        assert both.watcher.sound.longest_gap(killed, time.monotonic()) < GAP_S
        note("worker killed (SIGKILL)", "AI offline", noticed=noticed, back=back - killed)


@pytest.mark.lengthy
async def test_ten_seconds_of_standing_still(stage: Stage, note: Note) -> None:
    async with call(stage.web) as both:
        await hear_a_hint(both)
        worker = worker_of(stage.coach)
        stopped = time.monotonic()
        worker.send_signal(signal.SIGSTOP)
        try:
            await asyncio.sleep(10)
        finally:
            worker.send_signal(signal.SIGCONT)
        resumed = time.monotonic()
        await both.facilitator.until(lambda: both.watcher.beats[-1][0] > resumed + BEAT_S)
        await both.until_heard()
        back = time.monotonic()
        await hear_a_hint(both)
        assert_each_once(both, 2)
        noticed = both.watcher.told_offline(stopped)
        assert noticed <= GONE_S
        assert both.watcher.sound.longest_gap(stopped, time.monotonic()) < GAP_S
        note("worker stands still for 10 s", "AI offline", noticed=noticed, back=back - stopped)


@pytest.mark.lengthy
async def test_of_two_coaches_the_newer_one_stays(stage: Stage) -> None:
    async with call(stage.web) as both, stage.api() as server:
        await hear_a_hint(both)
        listed = await server.agent_dispatch.list_dispatch(ROOM)
        newest = max(fence_of(one.metadata) for one in listed)
        first = _sid(both)
        await _dispatch(server, both, newest - 1)
        await stage.coach.until(lambda: "has a newer coach" in stage.coach.log())
        assert (await both.facilitator.call("coach.test_hint"))["seq"] == 2
        assert _sid(both) == first, "an older dispatch doesn't push out the newer coach"
        await _dispatch(server, both, newest + 1)
        await both.facilitator.until(lambda: _sid(both) not in (first, ""))
        await both.until_heard()
        assert (await both.facilitator.call("coach.test_hint"))["seq"] == 3
        await both.facilitator.until(lambda: both.seqs() == [1, 2, 3])


def _sid(both: Call) -> str:
    coach = both.facilitator.coach()
    return coach.sid if coach else ""


async def _dispatch(server: api.LiveKitAPI, both: Call, fence: int) -> None:
    metadata = json.dumps({"session": both.facilitator.session_id, "fence": fence})
    await server.agent_dispatch.create_dispatch(
        api.CreateAgentDispatchRequest(agent_name=AGENT_NAME, room=ROOM, metadata=metadata)
    )
