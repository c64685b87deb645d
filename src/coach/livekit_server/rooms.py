"""Who is connected to a LiveKit server."""

import asyncio
from dataclasses import dataclass

import aiohttp
from livekit import api

from coach.livekit_server.config import Endpoint

ASK_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Room:
    """An open room; the coach is no person."""

    name: str
    people: int


async def open_rooms(endpoint: Endpoint) -> list[Room] | None:
    """The rooms of this server, None when it does not answer or refuses our key."""
    timeout = aiohttp.ClientTimeout(total=ASK_SECONDS)
    async with api.LiveKitAPI(
        endpoint.url, endpoint.api_key, endpoint.api_secret.get_secret_value(), timeout=timeout
    ) as server:
        try:
            found = await server.room.list_rooms(api.ListRoomsRequest())
            return [Room(room.name, await _people(server, room.name)) for room in found.rooms]
        except (api.TwirpError, aiohttp.ClientError, TimeoutError):
            return None


async def _people(server: api.LiveKitAPI, room: str) -> int:
    # a room's own count is seconds old
    found = await server.room.list_participants(api.ListParticipantsRequest(room=room))
    return sum(p.kind == api.ParticipantInfo.Kind.STANDARD for p in found.participants)


def ask_rooms(endpoint: Endpoint) -> list[Room] | None:
    """The same, for callers outside an event loop."""
    return asyncio.run(open_rooms(endpoint))
