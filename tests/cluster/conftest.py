"""One cluster a module; sessions in it, each with two people and what the store keeps of it."""

import asyncio
import itertools
import re
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from livekit import api, rtc
from tests.faults.watching import LOOK_S, Call, talking
from tests.support.cluster import ACCESS_KEY, Cluster, Part, node_id, running_cluster
from tests.support.invited import browser, guest
from tests.support.provider import Call as ProviderCall
from tests.support.provider import Reply
from tests.support.speech import utterances

SPEECH = utterances()["partner-scared"].path
MOST_MEETINGS = 5
_numbers = itertools.count(1)
WORDS = (
    *("breath", "shoulders", "patience", "anger", "childhood", "warmth", "silence", "a protector"),
    *("the critic", "tears", "curiosity", "distance", "trust", "grief", "courage", "the body"),
)
AGENT = rtc.ParticipantKind.PARTICIPANT_KIND_AGENT


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def cluster(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cluster]:
    folder: Path = tmp_path_factory.mktemp("cluster")
    async with running_cluster(folder) as cluster:
        cluster.provider.chat.default = _new_hint
        yield cluster


def _new_hint(_call: ProviderCall) -> Reply:
    """Of other words each time: the coach shows none that resembles an earlier one."""
    number = next(_numbers)
    one, two, three = (WORDS[(number * step) % len(WORDS)] for step in (1, 3, 7))
    return Reply(f"SUMMARY: They tell of {one}.\nSUGGESTION: Invite {two} to meet {three}.")


@dataclass(slots=True)
class Meeting:
    """A session of two people. `coaches`: the most coaches seen in the room at once; `ended`: why
    a person was put out, if one was; `said`: how many utterances were spoken while heard.
    """

    cluster: Cluster
    session_id: str
    room: str
    both: Call
    said: int = 0
    coaches: int = 0
    ended: list[int] = field(default_factory=list)

    async def speak(self) -> None:
        """One utterance, long enough after the last one to be a turn of its own."""
        await self.both.partner.say(SPEECH, then_silence_s=2.5)
        self.said += 1

    async def hear_a_hint(self) -> None:
        """One utterance and a hint on it, asked for where the pace holds it back."""
        before, facilitator = len(self.both.seqs()), self.both.facilitator
        await self.speak()
        if len(self.both.seqs()) == before:
            answer = await facilitator.call("coach.hint_now")
            assert answer["seq"] == before + 1, (answer, facilitator.seen())
        await facilitator.until(lambda: len(self.both.seqs()) > before)

    async def back(self, since: float) -> float:
        """Wait until a coach listens again; seconds since then."""
        watcher = self.both.watcher
        await self.both.facilitator.until(
            lambda: watcher.beats[-1][0] > since and self.both.facilitator.is_heard(), 90
        )
        return time.monotonic() - since

    async def look(self) -> None:
        """Count coaches until cancelled."""
        people = self.both.facilitator.room.remote_participants
        while True:
            here = sum(one.kind == AGENT for one in people.values())
            self.coaches = max(self.coaches, here)
            await asyncio.sleep(LOOK_S)

    def worker(self) -> Part:
        return self.cluster.worker_of(self.room)

    def node(self) -> Part:
        return self.cluster.node_of(self.room)

    def turns(self) -> list[str]:
        """The turns in the store, as often as they have segments."""
        query = "SELECT turn_id FROM turns WHERE session_id = %s ORDER BY id"
        return [turn for (turn,) in self.cluster.rows(query, self.session_id)]

    def kept(self) -> list[int]:
        """The numbers of the hints in the store."""
        query = "SELECT seq FROM hints WHERE session_id = %s ORDER BY seq"
        return [seq for (seq,) in self.cluster.rows(query, self.session_id)]

    async def check(self) -> None:
        """Nothing ended, one coach at most, and page and store have the same hints, each once."""
        assert self.ended == []
        assert self.coaches == 1
        query = "SELECT state FROM sessions WHERE id = %s"
        assert self.cluster.rows(query, self.session_id) == [("open",)]
        seqs = self.both.seqs()
        assert sorted(seqs) == list(range(1, len(seqs) + 1)), self.both.facilitator.seen()
        assert self.kept() == sorted(seqs), self.both.facilitator.seen()
        missed = await self.both.facilitator.missed_hints()
        assert [hint["seq"] for hint in missed] == self.kept()
        ids = [hint.attributes["hint_id"] for hint in self.both.facilitator.hints]
        assert max(Counter(ids).values(), default=1) == 1


@asynccontextmanager
async def meeting(cluster: Cluster, node: Part | None = None) -> AsyncIterator[Meeting]:
    """Two people in a new session, on this LiveKit node if one is named, heard by a coach."""
    async with browser() as desk:
        key = {"access_key": ACCESS_KEY}
        async with desk.post(f"{cluster.web}/api/sign-in", json=key) as reply:
            assert reply.status == 200, await reply.text()
        async with desk.post(f"{cluster.web}/api/sessions", json={}) as reply:
            assert reply.status == 201, await reply.text()
            made = await reply.json()
    links = {role: re.sub(r".*#invite=", "", link) for role, link in made["links"].items()}
    ((room,),) = cluster.rows("SELECT room FROM sessions WHERE id = %s", made["session_id"])
    if node:
        await _place(cluster, room, node)
    async with (
        guest("facilitator", cluster.web, links["facilitator"]) as facilitator,
        guest("partner", cluster.web, links["partner"]) as partner,
        talking(facilitator, partner) as both,
    ):
        held = Meeting(cluster, made["session_id"], room, both)
        for one in (facilitator, partner):
            one.room.on("disconnected", held.ended.append)
        looking = asyncio.create_task(held.look())
        await facilitator.call("coach.pace", {"pace": "lively"})
        try:
            yield held
        finally:
            looking.cancel()
            for one in (facilitator, partner):
                one.room.off("disconnected", held.ended.append)


@asynccontextmanager
async def meetings_on_both_workers(cluster: Cluster) -> AsyncIterator[list[Meeting]]:
    """As many as it takes until each worker has one, those of different workers first; LiveKit
    chooses workers by chance and load.
    """
    async with AsyncExitStack() as stack:
        held: list[Meeting] = []
        while len({one.worker().name for one in held}) < len(cluster.workers):
            assert len(held) < MOST_MEETINGS, "all sessions went to one worker"
            held.append(await stack.enter_async_context(meeting(cluster)))
        held.insert(0, held.pop())
        yield held


async def _place(cluster: Cluster, room: str, node: Part) -> None:
    async with cluster.api() as server:
        await server.room.create_room(api.CreateRoomRequest(name=room, node_id=node_id(node)))
