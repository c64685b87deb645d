"""How many workers take our sessions. Two are the classic conflict: each gets some of them."""

import asyncio
import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import psutil
from livekit import api
from livekit.protocol.agent import Job, JobStatus

from coach.doctor.case import Case
from coach.doctor.facilitator import Facilitator
from coach.doctor.finding import Finding, failed, passed
from coach.doctor.rooms import FreshRoom, fresh_room
from coach.protocol import AGENT_NAME

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


async def worker(case: Case) -> Finding:
    """Send for a coach several times: one comes each time, always of the same worker.

    The server deals sessions out at random, so one of two workers stays unseen about once in a
    hundred times.
    """
    seen: set[str] = set()
    missed = 0
    for _ in range(ROUNDS):
        came = set(await asyncio.gather(*(_dispatched(case) for _ in range(AT_ONCE))))
        seen |= came
        missed += bool(came & {NOBODY, SILENT})
        if came == {NOBODY} or missed == MISSES or len(seen - {NOBODY, SILENT}) > 1:
            break
    return await asyncio.to_thread(_judge, seen, case.server.url)


def _judge(seen: set[str], url: str) -> Finding:
    came = len(seen - {NOBODY, SILENT})
    if came > 1:
        return failed(
            f"{came} workers share the name {AGENT_NAME}: each gets some of the sessions",
            f"keep one: {_whom_to_stop(url)}",
        )
    if SILENT in seen or (came and NOBODY in seen):
        return failed(
            f"a coach came only at times: a worker named {AGENT_NAME} is stuck, or full",
            f"restart it: {_whom_to_stop(url)}",
        )
    if NOBODY in seen:
        return failed(
            f"no worker is registered as {AGENT_NAME}: nobody came in {ABSENT_SECONDS:.0f} s",
            "start one: coach dev (in production: coach start)",
        )
    return passed(f"one worker is registered as {AGENT_NAME}; it came {ROUNDS * AT_ONCE} times")


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
