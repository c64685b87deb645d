"""Which of several coaches of a room is the one: each dispatch carries a higher fencing number."""

import asyncio
import logging
import time
from collections.abc import Callable

from aiohttp import ClientError
from livekit import api
from livekit.agents import JobContext
from livekit.protocol.agent import Job

from coach.absence import tolerate_absence
from coach.dispatching import dispatched
from coach.protocol import AGENT_NAME, fence_of

log = logging.getLogger("coach.worker")

LOOK_SECONDS = 1.0
STALL_SECONDS = 4.0


async def newer(server: api.LiveKitAPI, job: Job) -> list[api.AgentDispatch]:
    """The dispatches to the job's room that are newer than the job's own, or came in its place.

    Raises TwirpError or ClientError.
    """
    ours = await dispatched(server, job.room.name)
    if all(one.id != job.dispatch_id for one in ours):
        return ours
    return [one for one in ours if fence_of(one.metadata) > fence_of(job.metadata)]


async def is_outdated(server: api.LiveKitAPI, job: Job) -> bool:
    """Whether a newer coach has been dispatched to the job's room, or another one in its place.

    Raises TwirpError or ClientError.
    """
    return bool(await newer(server, job))


async def take_over(server: api.LiveKitAPI, job: Job) -> bool:
    """Make way for the job's coach, before LiveKit knows that it comes; False if it is outdated.

    A predecessor that is still listed must be out by then: LiveKit (1.13.5) ends the job that it
    finds under the identity of a participant who leaves, and both have the same identity.

    Raises TwirpError or ClientError.
    """
    if await is_outdated(server, job):
        return False
    request = api.RoomParticipantIdentity(room=job.room.name, identity=AGENT_NAME)
    await tolerate_absence(server.room.remove_participant(request))
    return True


class Fence:
    """Looks again whenever this coach may have been taken for dead: after it stood still, by the
    wall clock, for as long as a page waits, and after the connection was lost.
    """

    def __init__(self, job: JobContext, leave: Callable[[], None]) -> None:
        self._job = job
        self._leave = leave
        self._doubtful = False

    def doubt(self, *_: object) -> None:
        """Look again soon."""
        self._doubtful = True

    async def watch(self) -> None:
        """Call `leave` when a newer coach is there. One that no worker has taken is none: LiveKit
        may lose it, and then nobody would be left.
        """
        while True:
            before = time.time()
            await asyncio.sleep(LOOK_SECONDS)
            if self._doubtful or time.time() - before > STALL_SECONDS:
                self._doubtful = await self._is_still_doubtful()

    async def _is_still_doubtful(self) -> bool:
        try:
            found = await newer(self._job.api, self._job.job)
        except (api.TwirpError, ClientError, TimeoutError) as failure:
            log.warning("Dispatches not read", extra={"error": type(failure).__name__})
            return True
        taken = any(one.state.jobs for one in found)
        if taken:
            log.warning("A newer coach is in the room; leaving")
            self._leave()
        return bool(found) and not taken
