"""LiveKit's side of a session: the room, and exactly one coach in it."""

import asyncio
import json
import logging
import time
from collections import defaultdict
from typing import Literal

from livekit import api
from livekit.protocol.agent import JobStatus
from livekit.protocol.models import ParticipantInfo

from coach.protocol import AGENT_NAME, ATTRIBUTE_CONSENT

log = logging.getLogger("coach.web")

CoachState = Literal["present", "dispatched"]
EMPTY_SECONDS = 300
JOIN_GRACE_SECONDS = 8.0
_LIVE = (JobStatus.JS_PENDING, JobStatus.JS_RUNNING)


class Rooms:
    """Makes rooms and sees to it that a coach is on its way."""

    def __init__(self, livekit: api.LiveKitAPI) -> None:
        self._livekit = livekit
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def exists(self, room: str) -> bool:
        """Whether the server has this room now."""
        found = await self._livekit.room.list_rooms(api.ListRoomsRequest(names=[room]))
        return bool(found.rooms)

    async def prepare(self, room: str) -> None:
        """Make the room unless it exists, lasting through short absences of both people."""
        await self._livekit.room.create_room(
            api.CreateRoomRequest(
                name=room, empty_timeout=EMPTY_SECONDS, departure_timeout=EMPTY_SECONDS
            )
        )

    async def ensure_coach(self, room: str, session_id: str, *, missed: bool = False) -> CoachState:
        """Dispatch a coach unless one is present or coming; never two, however often called.

        `missed`: the facilitator hears nothing of the coach, so one that is listed is no proof of
        life. A killed worker stays listed for some twenty seconds; its successor has the same
        identity and takes its place.
        """
        async with self._locks[room]:
            if not missed and await self._coach_present(room):
                return "present"
            stale = []
            for dispatch in await self._livekit.agent_dispatch.list_dispatch(room):
                if dispatch.agent_name != AGENT_NAME:
                    continue
                if _is_coming(dispatch):
                    return "dispatched"
                stale.append(dispatch.id)
            for dispatch_id in stale:
                await self._livekit.agent_dispatch.delete_dispatch(dispatch_id, room)
            await self._dispatch(room, session_id)
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

    async def _dispatch(self, room: str, session_id: str) -> None:
        dispatch = await self._livekit.agent_dispatch.create_dispatch(
            api.CreateAgentDispatchRequest(
                agent_name=AGENT_NAME, room=room, metadata=json.dumps({"session": session_id})
            )
        )
        log.info("Coach dispatched", extra={"dispatch": dispatch.id, "session": session_id})


def _is_coming(dispatch: api.AgentDispatch) -> bool:
    """Whether a worker may still join with this job. A job of a worker that was killed stays
    listed as running, so age decides: whoever takes it joins within seconds.
    """
    jobs = dispatch.state.jobs
    if jobs and not any(job.state.status in _LIVE for job in jobs):
        return False
    return time.time() - dispatch.state.created_at / 1e9 < JOIN_GRACE_SECONDS
