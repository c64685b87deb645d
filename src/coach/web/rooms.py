"""LiveKit's side of a session: the room, and exactly one coach in it."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from livekit import api
from livekit.protocol.models import ParticipantInfo

from coach.absence import tolerate_absence
from coach.dispatching import Dispatcher
from coach.protocol import AGENT_NAME, ATTRIBUTE_CONSENT
from coach.store.dispatches import Dispatches
from coach.web.attempts import Attempts
from coach.web.replies import ApiError

CoachState = Literal["present", "dispatched", "waiting"]
EMPTY_SECONDS = 300


@dataclass(frozen=True, slots=True)
class RoomRules:
    """`max_participants`: people in a room, the coach not counted. `worker_ready`: whether a
    worker could take a dispatch, None when this process can't know. `worker_since`: since when, by
    the monotonic clock, no worker has ended. `draining`: whether new sessions are refused because
    this process is about to end.
    """

    max_participants: int
    worker_ready: Callable[[], bool] | None
    worker_since: Callable[[], float]
    draining: Callable[[], bool]


@dataclass(slots=True)
class _Wanted:
    """Who waits for a worker to come back."""

    session_id: str
    missed: bool


class Rooms:
    """Makes rooms and sees to it that a coach is on its way."""

    def __init__(self, livekit: api.LiveKitAPI, dispatches: Dispatches, rules: RoomRules) -> None:
        self._livekit = livekit
        self._dispatcher = Dispatcher(livekit, dispatches)
        self._rules = rules
        self._attempts: defaultdict[str, Attempts] = defaultdict(Attempts)
        self._wanted: dict[str, _Wanted] = {}
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

        `missed`: the facilitator hears nothing of the coach. One that is listed is no proof of
        life: that of a killed worker is, for some twenty seconds; its successor has the same
        identity and takes its place. But where no worker has ended since, the network may be slow
        as well, so the coach is replaced when it is missed twice. "waiting" when nobody could take
        a dispatch: LiveKit drops those for which no worker is there, so it is made when one comes.
        """
        async with self._locks[room]:
            coach = await self._coach(room)
            if coach and not (missed and await self._is_lost(room, session_id)):
                return "present"
            if self._rules.worker_ready is not None and not self._rules.worker_ready():
                self._wanted[room] = _Wanted(session_id, missed)
                return "waiting"
            self._wanted.pop(room, None)
            await self._bring(room, session_id, coach)
            return "dispatched"

    async def worker_came(self) -> None:
        """Bring a coach to every room that waits for one."""
        for room, wanted in list(self._wanted.items()):
            if await self.exists(room):
                await self.ensure_coach(room, wanted.session_id, missed=wanted.missed)
            else:
                self._wanted.pop(room, None)

    async def set_consent(self, room: str, identity: str, consent: str) -> None:
        """Write the consent attribute that the worker obeys; nobody to write it on is no error."""
        request = api.UpdateParticipantRequest(
            room=room, identity=identity, attributes={ATTRIBUTE_CONSENT: consent}
        )
        await tolerate_absence(self._livekit.room.update_participant(request))

    async def ping(self) -> None:
        """Raise when the server can't be reached or refuses the key."""
        await self._livekit.room.list_rooms(api.ListRoomsRequest(names=["-"]))

    async def _is_lost(self, room: str, session_id: str) -> bool:
        """The page's next request may go to another web app, so misses are noted for all."""
        attempts, now = self._attempts[room], time.monotonic()
        attempts.missed_elsewhere(now - await self._dispatcher.missed_seconds_ago(session_id))
        if attempts.is_lost(now, self._rules.worker_since()):
            return True
        if attempts.missed == now:
            await self._dispatcher.note_miss(session_id)
        return False

    async def _coach(self, room: str) -> ParticipantInfo | None:
        found = await self._livekit.room.list_participants(api.ListParticipantsRequest(room=room))
        for person in found.participants:
            if person.kind == ParticipantInfo.Kind.AGENT and person.identity == AGENT_NAME:
                return person
        return None

    async def _bring(self, room: str, session_id: str, coach: ParticipantInfo | None) -> None:
        """Dispatch, in place of what was dispatched before, unless that may still come."""
        listed = await self._dispatcher.listed(room)
        attempts, now = self._attempts[room], time.monotonic()
        if any(attempts.is_coming(one, coach, now) for one in listed):
            return
        made = await self._dispatcher.call(room, session_id, listed, successor=False)
        if made is not None:
            attempts.add(made, now)
