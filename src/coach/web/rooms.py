"""LiveKit's side of a session: the room, and exactly one coach in it."""

import asyncio
import json
import logging
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from livekit import api
from livekit.protocol.agent import JobStatus
from livekit.protocol.models import ParticipantInfo

from coach.protocol import AGENT_NAME, ATTRIBUTE_CONSENT, fence_of
from coach.web.replies import ApiError

log = logging.getLogger("coach.web")

CoachState = Literal["present", "dispatched", "waiting"]
EMPTY_SECONDS = 300
JOIN_GRACE_SECONDS = (6.0, 8.0, 15.0, 30.0)
"""How long a dispatched coach may take, longer for each one in a row that did not come."""
CALM_SECONDS = 90.0
_LIVE = (JobStatus.JS_PENDING, JobStatus.JS_RUNNING)


@dataclass(frozen=True, slots=True)
class RoomRules:
    """`max_participants`: people in a room, the coach not counted. `worker_ready`: whether a
    worker could take a dispatch, as far as this process can know. `draining`: whether new
    sessions are refused because this process is about to end.
    """

    max_participants: int
    worker_ready: Callable[[], bool]
    draining: Callable[[], bool]


@dataclass(slots=True)
class _Attempts:
    """A session's dispatches in a row, without a sign of calm between them."""

    count: int = 0
    last: float = 0.0

    def grace(self) -> float:
        return JOIN_GRACE_SECONDS[min(max(self.count, 1), len(JOIN_GRACE_SECONDS)) - 1]

    def add(self, now: float) -> None:
        self.count = 1 if now - self.last > CALM_SECONDS else self.count + 1
        self.last = now


class Rooms:
    """Makes rooms and sees to it that a coach is on its way."""

    def __init__(self, livekit: api.LiveKitAPI, rules: RoomRules) -> None:
        self._livekit = livekit
        self._rules = rules
        self._attempts: defaultdict[str, _Attempts] = defaultdict(_Attempts)
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def exists(self, room: str) -> bool:
        """Whether the server has this room now."""
        found = await self._livekit.room.list_rooms(api.ListRoomsRequest(names=[room]))
        return bool(found.rooms)

    async def prepare(self, room: str) -> None:
        """Make the room unless it exists, lasting through short absences of both people.

        Raises ApiError 503 while this process is draining.
        """
        if self._rules.draining():
            raise ApiError(503, "restarting", "The coach is restarting. Try again in a minute.")
        await self._livekit.room.create_room(
            api.CreateRoomRequest(
                name=room,
                empty_timeout=EMPTY_SECONDS,
                departure_timeout=EMPTY_SECONDS,
                max_participants=self._rules.max_participants,
            )
        )

    async def ensure_coach(self, room: str, session_id: str, *, missed: bool = False) -> CoachState:
        """Dispatch a coach unless one is present or coming; never two, however often called.

        `missed`: the facilitator hears nothing of the coach, so one that is listed is no proof of
        life. A killed worker stays listed for some twenty seconds; its successor has the same
        identity and takes its place. "waiting" when nobody could take a dispatch: LiveKit drops
        those for which no worker is there.
        """
        async with self._locks[room]:
            if not missed and await self._coach_present(room):
                return "present"
            if not self._rules.worker_ready():
                return "waiting"
            listed = await self._livekit.agent_dispatch.list_dispatch(room)
            ours = [one for one in listed if one.agent_name == AGENT_NAME]
            if any(_is_coming(one, self._attempts[session_id].grace()) for one in ours):
                return "dispatched"
            fence = max(int(time.time() * 1000), *(fence_of(one.metadata) + 1 for one in ours), 0)
            for stale in ours:
                await self._livekit.agent_dispatch.delete_dispatch(stale.id, room)
            await self._dispatch(room, session_id, fence)
            return "dispatched"

    async def set_consent(self, room: str, identity: str, consent: str) -> None:
        """Write the consent attribute that the worker obeys; nobody to write it on is no error."""
        request = api.UpdateParticipantRequest(
            room=room, identity=identity, attributes={ATTRIBUTE_CONSENT: consent}
        )
        try:
            await self._livekit.room.update_participant(request)
        except api.TwirpError as error:
            if error.code != api.TwirpErrorCode.NOT_FOUND:
                raise

    async def ping(self) -> None:
        """Raise when the server can't be reached or refuses the key."""
        await self._livekit.room.list_rooms(api.ListRoomsRequest(names=["-"]))

    async def _coach_present(self, room: str) -> bool:
        found = await self._livekit.room.list_participants(api.ListParticipantsRequest(room=room))
        return any(
            person.kind == ParticipantInfo.Kind.AGENT and person.identity == AGENT_NAME
            for person in found.participants
        )

    async def _dispatch(self, room: str, session_id: str, fence: int) -> None:
        metadata = json.dumps({"session": session_id, "fence": fence})
        request = api.CreateAgentDispatchRequest(
            agent_name=AGENT_NAME, room=room, metadata=metadata
        )
        dispatch = await self._livekit.agent_dispatch.create_dispatch(request)
        self._attempts[session_id].add(time.monotonic())
        log.info("Coach dispatched", extra={"dispatch": dispatch.id, "session": session_id})


def _is_coming(dispatch: api.AgentDispatch, grace: float) -> bool:
    """Whether a worker may still join with this job. A job of a worker that was killed stays
    listed as running, so age decides: whoever takes it joins within the seconds of grace.
    """
    jobs = dispatch.state.jobs
    if jobs and not any(job.state.status in _LIVE for job in jobs):
        return False
    return time.time() - dispatch.state.created_at / 1e9 < grace
