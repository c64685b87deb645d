"""Which of several coaches of a room is the one, asked of a real server."""

import json
import uuid
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from livekit import api, rtc
from livekit.protocol.agent import Job

from coach.livekit_server import Endpoint
from coach.protocol import AGENT_NAME
from coach.worker.fence import is_outdated, take_over

pytestmark = pytest.mark.integration


class Room:
    """A room of its own, and who is sent to it."""

    def __init__(self, server: api.LiveKitAPI, livekit: Endpoint) -> None:
        self.name = f"fence-{uuid.uuid4().hex}"
        self.server = server
        self._livekit = livekit

    async def dispatch(self, fence: int, agent: str = AGENT_NAME) -> Job:
        """The job that a worker gets of this dispatch."""
        metadata = json.dumps({"session": "s", "fence": fence})
        request = api.CreateAgentDispatchRequest(
            agent_name=agent, room=self.name, metadata=metadata
        )
        made = await self.server.agent_dispatch.create_dispatch(request)
        return Job(id="AJ", dispatch_id=made.id, room=api.Room(name=self.name), metadata=metadata)

    async def join(self, identity: str) -> rtc.Room:
        grants = api.VideoGrants(room_join=True, room=self.name)
        secret = self._livekit.api_secret.get_secret_value()
        token = api.AccessToken(self._livekit.api_key, secret).with_identity(identity)
        room = rtc.Room()
        await room.connect(self._livekit.url, token.with_grants(grants).to_jwt())
        return room

    async def people(self) -> list[str]:
        request = api.ListParticipantsRequest(room=self.name)
        found = await self.server.room.list_participants(request)
        return sorted(person.identity for person in found.participants)


@pytest_asyncio.fixture
async def room(livekit: Endpoint) -> AsyncIterator[Room]:
    secret = livekit.api_secret.get_secret_value()
    async with api.LiveKitAPI(livekit.url, livekit.api_key, secret) as server:
        made = Room(server, livekit)
        await server.room.create_room(api.CreateRoomRequest(name=made.name))
        yield made
        await server.room.delete_room(api.DeleteRoomRequest(room=made.name))


async def test_the_highest_number_is_the_newest(room: Room) -> None:
    old, new = await room.dispatch(1), await room.dispatch(2)
    await room.dispatch(3, agent="another")
    assert await is_outdated(room.server, old)
    assert not await is_outdated(room.server, new)


async def test_a_dispatch_that_was_withdrawn_is_outdated_once_there_is_another(room: Room) -> None:
    withdrawn = await room.dispatch(9)
    await room.server.agent_dispatch.delete_dispatch(withdrawn.dispatch_id, room.name)
    assert not await is_outdated(room.server, withdrawn)
    await room.dispatch(1)
    assert await is_outdated(room.server, withdrawn)


async def test_the_newest_removes_its_predecessor_and_an_outdated_one_nobody(room: Room) -> None:
    old, new = await room.dispatch(1), await room.dispatch(2)
    predecessor, partner = await room.join(AGENT_NAME), await room.join("partner")
    assert not await take_over(room.server, old)
    assert await room.people() == [AGENT_NAME, "partner"]
    assert await take_over(room.server, new)
    assert await room.people() == ["partner"]
    assert await take_over(room.server, new), "with nobody to remove as well"
    for person in (predecessor, partner):
        await person.disconnect()
