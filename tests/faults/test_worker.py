"""The worker dies or stands still: the call goes on, the facilitator knows, hints come back."""

import asyncio
import json
import signal
import time

import pytest
from livekit import api
from tests.faults.conftest import Note
from tests.faults.watching import GONE_S, Call, call
from tests.support.coach import worker_of
from tests.support.stage import ROOM, Stage

from coach.protocol import AGENT_NAME, fence_of

pytestmark = [pytest.mark.faults, pytest.mark.asyncio(loop_scope="module")]

BEAT_S = 2.5
BACK_S = 10.0
STILL_S = 10.0


@pytest.mark.lengthy
async def test_kill_9(stage: Stage, note: Note) -> None:
    async with call(stage.web) as both:
        await both.hear_a_hint()
        killed = time.monotonic()
        worker_of(stage.coach).kill()
        back = await both.until_back(killed + BEAT_S)
        await both.hear_a_hint()
        both.assert_each_once()
        assert len(stage.provider.chat_calls[-1].messages) == 2
        assert "Hints already given" in stage.provider.chat_calls[-1].messages[1]["content"]
        noticed = both.watcher.told_offline(killed)
        assert noticed is None or noticed <= GONE_S
        assert back - killed <= BACK_S
        both.assert_sound(killed)
        note(
            "worker killed (SIGKILL)",
            both.watcher.saw(killed),
            noticed=noticed,
            back=back - killed,
        )


@pytest.mark.lengthy
async def test_ten_seconds_of_standing_still(stage: Stage, note: Note) -> None:
    async with call(stage.web) as both:
        await both.hear_a_hint()
        worker = worker_of(stage.coach)
        stopped = time.monotonic()
        worker.send_signal(signal.SIGSTOP)
        try:
            await asyncio.sleep(STILL_S)
        finally:
            worker.send_signal(signal.SIGCONT)
        resumed = time.monotonic()
        await both.until_back(resumed + BEAT_S)
        back = next(at for at, _, _ in both.watcher.beats if at > resumed)
        await both.hear_a_hint()
        both.assert_each_once()
        noticed = both.watcher.told_offline(stopped)
        assert noticed is not None
        assert noticed <= GONE_S
        assert back - resumed <= BACK_S
        both.assert_sound(stopped)
        note("worker stands still for 10 s", "AI offline", noticed=noticed, back=back - stopped)


@pytest.mark.lengthy
async def test_of_two_coaches_the_newer_one_stays(stage: Stage) -> None:
    async with call(stage.web) as both, stage.api() as server:
        await both.hear_a_hint()
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
