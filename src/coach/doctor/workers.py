"""How many workers take our sessions. Two conflict, unless they share a PostgreSQL."""

import asyncio
import contextlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil
from livekit import api
from livekit.protocol.agent import Job, JobStatus

from coach.doctor.case import Case
from coach.doctor.facilitator import Facilitator
from coach.doctor.finding import Finding, failed, passed, warned
from coach.doctor.rooms import FreshRoom, fresh_room
from coach.protocol import AGENT_NAME
from coach.settings import Settings

ROUNDS = 4
MISSES = 2
"""One coach may be late where a machine has much else to do; the next round tells more."""
AT_ONCE = 2
ABSENT_SECONDS = 8.0
TAKE_SECONDS = 2.5
BEGIN_SECONDS = 20.0
"""A worker's first session on a machine that has much else to do."""
POLL_SECONDS = 0.1
NOBODY = ""
SILENT = "?"
"""In place of a worker's id: nobody took the job; somebody took it and didn't come."""
MISSING = frozenset({NOBODY, SILENT})


async def worker(case: Case) -> Finding:
    """Send for a coach several times: one comes each time, without a PostgreSQL always of the same
    worker.

    The server deals sessions out at random, so one of two workers stays unseen about once in a
    hundred times.
    """
    rounds: list[Sequence[str]] = []
    while len(rounds) < ROUNDS and not _decided(rounds, case.settings):
        rounds.append(await asyncio.gather(*(_dispatched(case) for _ in range(AT_ONCE))))
    return await asyncio.to_thread(judge, rounds, case.settings, case.server.url)


def judge(rounds: Sequence[Sequence[str]], settings: Settings, url: str) -> Finding:
    """What rounds mean in which these workers came, or NOBODY or SILENT instead."""
    workers, misses = _workers(rounds), _misses(rounds)
    if _in_conflict(workers, settings):
        return failed(
            f"{len(workers)} workers share the name {AGENT_NAME}: each gets some of the sessions",
            f"keep one: {_whom_to_stop(url)}; or set DATABASE_URL for all of them",
        )
    if {each for came in rounds for each in came} == {NOBODY}:
        return failed(
            f"no worker is registered as {AGENT_NAME}: nobody came in {ABSENT_SECONDS:.0f} s",
            "start one: coach dev (in production: coach start)",
        )
    if misses >= MISSES:
        return failed(
            f"a coach came only at times: a worker named {AGENT_NAME} is stuck, or full",
            f"restart it: {_whom_to_stop(url)}",
        )
    if misses:
        return warned(
            f"a coach was missed in one of {len(rounds)} rounds, and came in the others",
            "look again: coach doctor --only worker; a second miss is a failure",
        )
    times = sum(len(came) for came in rounds)
    if len(workers) > 1:
        return passed(f"{len(workers)} workers came as {AGENT_NAME}, {times} times in all")
    return passed(f"one worker is registered as {AGENT_NAME}; it came {times} times")


def _decided(rounds: Sequence[Sequence[str]], settings: Settings) -> bool:
    """Whether further rounds would change nothing."""
    workers = _workers(rounds)
    nobody = not workers and any(set(came) == {NOBODY} for came in rounds)
    return nobody or _misses(rounds) >= MISSES or _in_conflict(workers, settings)


def _workers(rounds: Sequence[Sequence[str]]) -> set[str]:
    return {each for came in rounds for each in came} - MISSING


def _misses(rounds: Sequence[Sequence[str]]) -> int:
    """In how many rounds a coach was missing."""
    return sum(not MISSING.isdisjoint(came) for came in rounds)


def _in_conflict(workers: set[str], settings: Settings) -> bool:
    """With a PostgreSQL workers take over from one another; with a SQLite file each has its own."""
    return len(workers) > 1 and settings.database_url is None


async def _dispatched(case: Case) -> str:
    """The worker whose coach came and said what it is doing, NOBODY or SILENT."""
    async with fresh_room(case.server) as room:
        facilitator = Facilitator(room, case.settings.facilitator_id)
        await facilitator.join()
        missing = NOBODY
        try:
            async with asyncio.timeout(ABSENT_SECONDS):
                dispatch_id = await _taken(room, room.name)
            missing = SILENT
            async with asyncio.timeout(BEGIN_SECONDS):
                found = await _begun(room, dispatch_id)
                # a room that ends while a worker joins it brings that worker down
                await facilitator.hear_of_the_coach()
                return found
        except TimeoutError:
            return missing
        finally:
            await facilitator.leave()


async def summon(room: FreshRoom) -> None:
    """Dispatch a coach and wait until it works."""
    await _begun(room, await _taken(room))


async def _taken(room: FreshRoom, session: str = "") -> str:
    """Dispatch a coach until a worker takes that; the dispatch's id.

    A worker that is full for a moment takes no job, so that is tried again.
    """
    wanted = api.CreateAgentDispatchRequest(
        agent_name=AGENT_NAME,
        room=room.name,
        metadata=json.dumps({"session": session}) if session else "",
    )
    while True:
        dispatch = await room.api.agent_dispatch.create_dispatch(wanted)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TAKE_SECONDS):
                await _job(room, dispatch.id)
                return dispatch.id
        await room.api.agent_dispatch.delete_dispatch(dispatch.id, room.name)


async def _begun(room: FreshRoom, dispatch_id: str) -> str:
    """Wait until the coach of this dispatch works; its worker's id."""
    while True:
        job = await _job(room, dispatch_id)
        if job.state.status == JobStatus.JS_RUNNING:
            return job.state.worker_id
        await asyncio.sleep(POLL_SECONDS)


async def _job(room: FreshRoom, dispatch_id: str) -> Job:
    """The job that a worker has taken."""
    while True:
        found = await room.api.agent_dispatch.get_dispatch(dispatch_id, room.name)
        for job in found.state.jobs if found else ():
            return job
        await asyncio.sleep(POLL_SECONDS)


def _whom_to_stop(url: str) -> str:
    here = [f"kill {pid}" for pid in _workers_here(url)]
    if len(here) > 1:
        return f"{' or '.join(here)} on this machine"
    elsewhere = "stop the other one, on another machine with the same key, or give it its own key"
    return f"{here[0]} on this machine, or {elsewhere}" if here else elsewhere


def _workers_here(url: str) -> Iterator[int]:
    """The processes of this machine that are workers of this server."""
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        ours = any(Path(word).name == AGENT_NAME for word in words)
        alone = {"--only", "worker"} <= set(words)
        if ours and ("worker-process" in words or alone) and _serves(process, url):
            yield process.pid


def _serves(process: psutil.Process, url: str) -> bool:
    """Whether its environment names this server, or none."""
    try:
        return process.environ().get("LIVEKIT_URL", url) == url
    except psutil.Error:
        return False
