"""Rooms of the doctor's own, so that no session of anybody is touched."""

import contextlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from livekit import api

from coach.livekit_server import Endpoint

EMPTY_SECONDS = 30
TOKEN_LIFE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class FreshRoom:
    """A room that ends with the check; the server ends it half a minute after a crash of ours."""

    name: str
    server: Endpoint
    api: api.LiveKitAPI

    def token(self, identity: str, attributes: dict[str, str] | None = None) -> str:
        """What lets this identity in, with what a person on our pages may do."""
        token = (
            api.AccessToken(self.server.api_key, self.server.api_secret.get_secret_value())
            .with_identity(identity)
            .with_ttl(TOKEN_LIFE)
            .with_attributes(attributes or {})
            .with_grants(api.VideoGrants(room_join=True, room=self.name))
        )
        return token.to_jwt()


@asynccontextmanager
async def fresh_room(server: Endpoint) -> AsyncIterator[FreshRoom]:
    """A room that nobody else can know, gone after the block."""
    name = f"doctor-{secrets.token_urlsafe(9)}"
    secret = server.api_secret.get_secret_value()
    async with api.LiveKitAPI(server.url, server.api_key, secret) as livekit:
        await livekit.room.create_room(
            api.CreateRoomRequest(
                name=name, empty_timeout=EMPTY_SECONDS, departure_timeout=EMPTY_SECONDS
            )
        )
        try:
            yield FreshRoom(name, server, livekit)
        finally:
            with contextlib.suppress(api.TwirpError):  # it may have ended with its last person
                await livekit.room.delete_room(api.DeleteRoomRequest(room=name))
