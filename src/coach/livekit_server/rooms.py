"""Who is connected to a LiveKit server."""

import asyncio
from dataclasses import dataclass

import aiohttp
from livekit import api

from coach.livekit_server.config import Endpoint

ASK_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Room:
    """An open room and how many participants are in it, agents included."""

    name: str
    participants: int


async def open_rooms(endpoint: Endpoint) -> list[Room] | None:
    """The rooms of this server, None when it does not answer or refuses our key."""
    timeout = aiohttp.ClientTimeout(total=ASK_SECONDS)
    async with api.LiveKitAPI(
        endpoint.url, endpoint.api_key, endpoint.api_secret.get_secret_value(), timeout=timeout
    ) as server:
        try:
            answer = await server.room.list_rooms(api.ListRoomsRequest())
        except (api.TwirpError, aiohttp.ClientError, TimeoutError):
            return None
    return [Room(room.name, room.num_participants) for room in answer.rooms]


def ask_rooms(endpoint: Endpoint) -> list[Room] | None:
    """The same, for callers outside an event loop."""
    return asyncio.run(open_rooms(endpoint))
