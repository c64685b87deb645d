"""Everything a session needs but the people: a coach, its scripted provider, a LiveKit server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from livekit import api
from tests.support.coach import Coach, livekit_settings, running_coach
from tests.support.provider import ScriptedProvider, scripted_provider

from coach.livekit_server import Endpoint

ROOM = "no-bad-parts"


@dataclass(slots=True)
class Stage:
    """The parts, running."""

    coach: Coach
    provider: ScriptedProvider
    livekit: Endpoint

    @property
    def web(self) -> str:
        return self.coach.web

    def api(self) -> api.LiveKitAPI:
        secret = self.livekit.api_secret.get_secret_value()
        return api.LiveKitAPI(self.livekit.url, self.livekit.api_key, secret)

    async def close_room(self) -> None:
        """End the session and everyone's stay in it."""
        async with self.api() as server:
            rooms = await server.room.list_rooms(api.ListRoomsRequest(names=[ROOM]))
            for room in rooms.rooms:
                await server.room.delete_room(api.DeleteRoomRequest(room=room.name))


def services(livekit: Endpoint, provider: ScriptedProvider) -> dict[str, str]:
    """The settings that name this server and this provider."""
    return livekit_settings(livekit) | {
        "openai_api_key": "sk-test",
        "openai_base_url": provider.base_url,
    }


@asynccontextmanager
async def running_stage(home: Path, livekit: Endpoint, **settings: str) -> AsyncIterator[Stage]:
    """`coach dev` with this server, a provider of its own, and these settings beside."""
    async with scripted_provider() as provider:
        environment = services(livekit, provider) | settings
        async with running_coach(home, "dev", environment=environment) as coach:
            yield Stage(coach, provider, livekit)


@asynccontextmanager
async def fresh_session(stage: Stage) -> AsyncIterator[Stage]:
    """One test's session: a fresh script, no room yet; what the coach logged meanwhile is printed
    beside a failure.
    """
    fresh = ScriptedProvider()
    provider = stage.provider
    provider.speech, provider.chat, provider.models = fresh.speech, fresh.chat, fresh.models
    provider.calls.clear()
    before = len(stage.coach.log())
    try:
        yield stage
    finally:
        print(stage.coach.log()[before:], *map(str, provider.calls), sep="\n")
        await stage.close_room()
