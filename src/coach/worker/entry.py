"""The job's entry point: from a dispatch to a coach at work, and to its end."""

import json
import logging
from contextlib import AsyncExitStack

from livekit import rtc
from livekit.agents import JobContext
from livekit.api import ListRoomsRequest

from coach import logs
from coach.store import Store, open_store
from coach.worker.doorkeeper import Doorkeeper
from coach.worker.fence import is_outdated
from coach.worker.memory import recall
from coach.worker.session import CoachSession
from coach.worker.setup import Setup

log = logging.getLogger("coach.worker")

_GONE = (rtc.DisconnectReason.ROOM_DELETED, rtc.DisconnectReason.ROOM_CLOSED)


async def run_session(setup: Setup, job: JobContext) -> None:
    """Returns once the coach is at work, and leaves its end to the job."""
    if await _room_is_gone(job) or await is_outdated(job.api, job.job):
        log.info("Room of the job is gone, or has a newer coach")
        job.shutdown("not needed")
        return
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(setup.settings))
        session_id = await _session_id(job, store)
        logs.session.set(session_id)
        past = await recall(store, session_id)
        session = CoachSession(setup, job, store, session_id, past)
        stack.push_async_callback(session.aclose)
        stack.enter_context(setup.metrics.session(session.standing))
        reasons: list[int] = []
        job.room.on("disconnected", reasons.append)
        await session.start()
        door = Doorkeeper(job.room, job.api, store)
        stack.push_async_callback(door.aclose)
        door.watch()
        closing = stack.pop_all()

        async def close(_reason: str) -> None:
            if any(reason in _GONE for reason in reasons):
                await session.ledger.keep()
                await session.memory.end()
            else:
                await session.hear_out()
            await closing.aclose()
            log.info("Left room", extra={"session": session_id})

        job.add_shutdown_callback(close)


async def _room_is_gone(job: JobContext) -> bool:
    """Whether the job's room has ended, even when another of that name has begun: a coach that
    joined that one would push out its own.
    """
    wanted = job.job.room
    found = await job.api.room.list_rooms(ListRoomsRequest(names=[wanted.name]))
    return all(room.sid != wanted.sid for room in found.rooms)


async def _session_id(job: JobContext, store: Store) -> str:
    """The session that the dispatch names; a dispatch by other hands gets the room's own."""
    try:
        named = json.loads(job.job.metadata or "{}").get("session", "")
    except (ValueError, AttributeError):
        named = ""
    if isinstance(named, str) and named:
        return named
    room = job.job.room.name
    return await store.sessions.running(room) or await store.sessions.begin(room)
