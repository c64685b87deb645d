"""The privacy self-test: 0 bytes on a real stage, and a recorder that would see more."""

import asyncio

import pytest
from livekit import api, rtc

from coach.doctor.recorder import TOPIC_PROBE, Recorder, recording
from coach.doctor.rooms import FreshRoom, fresh_room
from coach.livekit_server import Endpoint

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

HINT = {"a hint"}


@pytest.mark.parametrize("way", ["packet", "stream", "attribute", "metadata"])
async def test_the_recorder_sees_a_leak(livekit: Endpoint, way: str) -> None:
    async with fresh_room(livekit) as room, recording(room, "partner", {}) as recorder:
        leaky = rtc.Room()
        await leaky.connect(livekit.url, room.token("coach"))
        try:
            await leaky.local_participant.publish_data(b"probe", topic=TOPIC_PROBE)
            await recorder.saw_probe()
            assert (await recorder.leaked(HINT)).size == 0
            await leak(room, leaky, way)
            async with asyncio.timeout(10):
                await until_leaked(recorder)
        finally:
            await leaky.disconnect()


async def until_leaked(recorder: Recorder) -> None:
    while not (await recorder.leaked(HINT)).size:
        await recorder._came.wait()
        recorder._came.clear()


async def leak(room: FreshRoom, leaky: rtc.Room, way: str) -> None:
    match way:
        case "packet":
            await leaky.local_participant.publish_data(b"a hint", topic="anything")
        case "stream":
            await leaky.local_participant.send_text("a hint", topic="anything")
        case _:
            await room.api.room.update_participant(
                api.UpdateParticipantRequest(
                    room=room.name,
                    identity="coach",
                    attributes={"coach.last": "1"} if way == "attribute" else {},
                    metadata="something" if way == "metadata" else "",
                )
            )
