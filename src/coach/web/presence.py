"""Who is in the rooms of sessions now, as LiveKit lists them."""

import logging
from collections.abc import Collection, Mapping

import aiohttp
from aiohttp import web
from livekit import api
from livekit.protocol.models import ParticipantInfo

from coach.protocol import AGENT_NAME
from coach.web.keys import LIVEKIT, SETTINGS

log = logging.getLogger("coach.web")

Here = dict[str, int]
"""Since when by role, in milliseconds since the epoch."""


async def people_here(app: web.Application, rooms: Collection[str]) -> Mapping[str, Here] | None:
    """Who is in each of these rooms; None while LiveKit doesn't answer."""
    if not rooms:
        return {}
    try:
        found = await app[LIVEKIT].room.list_rooms(api.ListRoomsRequest(names=list(rooms)))
        live = [room.name for room in found.rooms if room.name in rooms]
        return {room: await _here(app, room) for room in live}
    except (api.TwirpError, aiohttp.ClientError, TimeoutError) as error:
        log.warning("Presence not read", extra={"error": type(error).__name__})
        return None


async def _here(app: web.Application, room: str) -> Here:
    request = api.ListParticipantsRequest(room=room)
    found = await app[LIVEKIT].room.list_participants(request)
    roles = _roles(app)
    return {
        roles[person.identity]: person.joined_at * 1000
        for person in found.participants
        if person.identity in roles and person.state != ParticipantInfo.State.DISCONNECTED
    }


def _roles(app: web.Application) -> dict[str, str]:
    settings = app[SETTINGS]
    return {
        settings.partner_id: "partner",
        settings.facilitator_id: "facilitator",
        AGENT_NAME: "coach",
    }
