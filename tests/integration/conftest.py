"""One coach a module, talking to a scripted provider; one fresh session a test."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from livekit import api
from tests.support.coach import Coach, livekit_settings, running_coach
from tests.support.provider import ScriptedProvider, scripted_provider

from coach.livekit_server import Endpoint

ROOM = "no-bad-parts"


@dataclass(slots=True)
class Stage:
    """Everything a session needs but the people."""

    coach: Coach
    provider: ScriptedProvider
    livekit: Endpoint

    @property
    def web(self) -> str:
        return self.coach.web

    def api(self) -> api.LiveKitAPI:
        secret = self.livekit.api_secret.get_secret_value()
        return api.LiveKitAPI(self.livekit.url, self.livekit.api_key, secret)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_stage(
    livekit: Endpoint, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """Started as `coach dev` with a server and a provider of the tests."""
    async with scripted_provider() as provider:
        environment = livekit_settings(livekit) | {
            "openai_api_key": "sk-test",
            "openai_base_url": provider.base_url,
        }
        home = tmp_path_factory.mktemp("coach")
        async with running_coach(home, "dev", environment=environment) as coach:
            yield Stage(coach, provider, livekit)


@pytest_asyncio.fixture(loop_scope="module")
async def stage(shared_stage: Stage) -> AsyncIterator[Stage]:
    """The module's coach with a fresh provider script and no room; what it logged stands beside a
    failure.
    """
    fresh = ScriptedProvider()
    provider = shared_stage.provider
    provider.speech, provider.chat, provider.models = fresh.speech, fresh.chat, fresh.models
    provider.calls.clear()
    before = len(shared_stage.coach.log())
    yield shared_stage
    print(shared_stage.coach.log()[before:])
    async with shared_stage.api() as server:
        rooms = await server.room.list_rooms(api.ListRoomsRequest(names=[ROOM]))
        for room in rooms.rooms:
            await server.room.delete_room(api.DeleteRoomRequest(room=room.name))
