"""What the server tells a client that joins, read without any media."""

import aiohttp
from google.protobuf.message import DecodeError
from livekit.protocol.rtc import JoinResponse, SignalResponse

from coach.doctor.rooms import FreshRoom
from coach.doctor.server import ASK_SECONDS, http_url
from coach.errors import CoachError

PROTOCOL = "16"


async def greeting(room: FreshRoom) -> JoinResponse:
    """The server's version and its TURN servers. Raises CoachError."""
    timeout = aiohttp.ClientTimeout(total=ASK_SECONDS)
    query = {"access_token": room.token("doctor"), "protocol": PROTOCOL, "auto_subscribe": "0"}
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.ws_connect(f"{http_url(room.server.url)}/rtc", params=query) as socket,
        ):
            return SignalResponse.FromString(await socket.receive_bytes()).join
    except (aiohttp.ClientError, TimeoutError, TypeError, DecodeError):
        raise CoachError(
            "the server takes no client on its WebSocket",
            "let WebSocket connections to /rtc through the proxy before the server",
        ) from None
