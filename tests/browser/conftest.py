"""One rehearsing coach for all browser tests, as `coach dev` starts it without a key."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from livekit import api
from tests.support.coach import Coach, livekit_settings, running_coach

from coach.livekit_server import Endpoint

ROOM = "no-bad-parts"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_rehearsal(
    livekit: Endpoint, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Coach]:
    """Offline recogniser and rule-based hints, on the tests' server."""
    home = tmp_path_factory.mktemp("rehearsal")
    async with running_coach(home, "dev", environment=livekit_settings(livekit)) as coach:
        yield coach


@pytest_asyncio.fixture(loop_scope="module")
async def rehearsal(shared_rehearsal: Coach, livekit: Endpoint) -> AsyncIterator[Coach]:
    """The module's coach with no room yet; what it logged stands beside a failure."""
    before = len(shared_rehearsal.log())
    yield shared_rehearsal
    print(shared_rehearsal.log()[before:])
    secret = livekit.api_secret.get_secret_value()
    async with api.LiveKitAPI(livekit.url, livekit.api_key, secret) as server:
        rooms = await server.room.list_rooms(api.ListRoomsRequest(names=[ROOM]))
        for room in rooms.rooms:
            await server.room.delete_room(api.DeleteRoomRequest(room=room.name))
