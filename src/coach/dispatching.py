"""Calling a coach to a room: exactly one, whichever processes call at the same time."""

import json
import logging
import math

from livekit import api

from coach.absence import tolerate_absence
from coach.protocol import AGENT_NAME, fence_of
from coach.store.clock import now_ms
from coach.store.dispatches import Dispatches, LastDispatch

log = logging.getLogger("coach.dispatching")

LISTED_MS = 3000
"""Within this time LiveKit lists a dispatch whose fencing number is taken."""


async def dispatched(livekit: api.LiveKitAPI, room: str) -> list[api.AgentDispatch]:
    """The room's dispatches of coaches. Raises TwirpError or ClientError."""
    listed = await livekit.agent_dispatch.list_dispatch(room)
    return [one for one in listed if one.agent_name == AGENT_NAME]


class Dispatcher:
    """Of several callers the one whose number the store takes creates the dispatch.

    Every method raises TwirpError or ClientError when LiveKit fails, and SQLAlchemyError when the
    store does.
    """

    def __init__(self, livekit: api.LiveKitAPI, dispatches: Dispatches) -> None:
        self._livekit = livekit
        self._dispatches = dispatches

    async def listed(self, room: str) -> list[api.AgentDispatch]:
        """The room's dispatches of coaches."""
        return await dispatched(self._livekit, room)

    async def call(
        self, room: str, session_id: str, listed: list[api.AgentDispatch], *, successor: bool
    ) -> api.AgentDispatch | None:
        """Call a coach in the place of those who are `listed`; None when another caller was just
        quicker. A `successor` comes beside them, and takes their place once it is there.
        """
        number = await self._take_number(session_id, [fence_of(one.metadata) for one in listed])
        if number is None:
            return None
        try:
            for stale in () if successor else listed:
                await self._delete(room, stale.id)
            return await self._create(room, session_id, number.fence)
        except BaseException:
            await self._dispatches.replace(session_id, number, LastDispatch(number.fence, 0))
            raise

    async def missed_seconds_ago(self, session_id: str) -> float:
        """Since a page told any web app that it misses the session's coach; infinite when none
        did.
        """
        last = await self._dispatches.last(session_id)
        ago = (now_ms() - last.missed_at) / 1000
        return ago if ago >= 0 else math.inf

    async def note_miss(self, session_id: str) -> None:
        """A page misses the session's coach."""
        await self._dispatches.note_miss(session_id, now_ms())

    async def take_back(self, room: str, dispatch_id: str) -> None:
        """Forget a dispatch that no worker took; one that was taken stays."""
        found = await self._livekit.agent_dispatch.get_dispatch(dispatch_id, room)
        if found is not None and not found.state.jobs:
            await self._delete(room, dispatch_id)

    async def _take_number(self, session_id: str, listed: list[int]) -> LastDispatch | None:
        """The next fencing number; None when somebody else has just taken it."""
        now, last = now_ms(), await self._dispatches.last(session_id)
        if last.fence not in listed and 0 <= now - last.at < LISTED_MS:
            return None
        number = LastDispatch(max(now, last.fence + 1, *(one + 1 for one in listed)), now)
        return number if await self._dispatches.replace(session_id, last, number) else None

    async def _create(self, room: str, session_id: str, fence: int) -> api.AgentDispatch:
        metadata = json.dumps({"session": session_id, "fence": fence})
        request = api.CreateAgentDispatchRequest(
            agent_name=AGENT_NAME, room=room, metadata=metadata
        )
        dispatch = await self._livekit.agent_dispatch.create_dispatch(request)
        log.info("Coach dispatched", extra={"dispatch": dispatch.id, "session": session_id})
        return dispatch

    async def _delete(self, room: str, dispatch_id: str) -> None:
        await tolerate_absence(self._livekit.agent_dispatch.delete_dispatch(dispatch_id, room))
