"""Who is in the room: seen by the facilitator, put out, and kept out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from livekit import api, rtc
from livekit.protocol.models import DisconnectReason
from livekit.protocol.rtc import SignalResponse
from tests.support.practice import create, enter, revoke, seat_listed, shut, signed_in_desk
from tests.support.web_app import (
    Client,
    another_browser,
    answer,
    eventually,
    refusal,
    store_of,
)

from coach.doctor.server import http_url
from coach.livekit_server import Endpoint
from coach.protocol import ATTRIBUTE_SEAT, read_entry_mark
from coach.store.clock import now_ms
from coach.web import privacy_check
from coach.worker.doorkeeper import Doorkeeper

pytestmark = pytest.mark.integration

REMOVED = rtc.DisconnectReason.PARTICIPANT_REMOVED
Entered = dict[str, str]


@pytest_asyncio.fixture
async def desk(tmp_path: Path, livekit: Endpoint) -> AsyncIterator[Client]:
    """The signed-in facilitator's browser."""
    async with signed_in_desk(tmp_path, livekit) as client:
        yield client


@pytest_asyncio.fixture
async def partner(desk: Client) -> AsyncIterator[Client]:
    """The partner's browser."""
    async with another_browser(desk) as client:
        yield client


class Stay:
    """A person's connection to the room, and why it ended."""

    def __init__(self) -> None:
        self.room = rtc.Room()
        self.ended: list[int] = []
        self.room.on("disconnected", self.ended.append)


@asynccontextmanager
async def staying(entered: Entered) -> AsyncIterator[Stay]:
    """In the room with this token, until the block ends."""
    stay = Stay()
    await stay.room.connect(entered["server_url"], entered["participant_token"])
    try:
        yield stay
    finally:
        await stay.room.disconnect()


@asynccontextmanager
async def door_of(desk: Client, livekit: Endpoint, room: str) -> AsyncIterator[Doorkeeper]:
    """A coach's place in the room, from which it watches the door."""
    secret = livekit.api_secret.get_secret_value()
    token = api.AccessToken(livekit.api_key, secret).with_identity("coach")
    token = token.with_grants(api.VideoGrants(room_join=True, room=room))
    place = rtc.Room()
    await place.connect(livekit.url, token.to_jwt())
    async with api.LiveKitAPI(livekit.url, livekit.api_key, secret) as server:
        keeper = Doorkeeper(place, server, store_of(desk))
        try:
            yield keeper
        finally:
            await keeper.aclose()
            await place.disconnect()


async def sent_away(entered: Entered) -> int:
    """Join, without any media, and wait until the server ends it; the reason."""
    query = {"access_token": entered["participant_token"], "protocol": "16", "auto_subscribe": "0"}
    async with (
        asyncio.timeout(30),
        aiohttp.ClientSession() as http,
        http.ws_connect(f"{http_url(entered['server_url'])}/rtc", params=query) as socket,
    ):
        async for message in socket:
            told = SignalResponse.FromString(message.data)
            if told.WhichOneof("message") == "leave":
                return int(told.leave.reason)
    raise AssertionError("the server closed the line without a word")


async def test_the_facilitator_sees_who_is_here_since_when(desk: Client, partner: Client) -> None:
    session_id, secrets = await create(desk)
    listed = (await answer(desk, "GET", "/api/sessions", status=200))["sessions"]
    assert [one["here"] for one in listed] == [{}]
    async with staying(await enter(partner, secrets["partner"])):
        (shown,) = (await answer(desk, "GET", "/api/sessions", status=200))["sessions"]
    assert shown["session_id"] == session_id
    assert list(shown["here"]) == ["partner"]
    assert abs(shown["here"]["partner"] - now_ms()) < 30_000


async def test_who_is_put_out_leaves_the_room_and_gets_no_new_token(
    desk: Client, partner: Client
) -> None:
    session_id, secrets = await create(desk)
    async with staying(await enter(partner, secrets["partner"])) as stay:
        await revoke(desk, session_id, "partner")
        await eventually(lambda: stay.ended)
        assert stay.ended == [REMOVED]
    assert await shut(partner, secrets["partner"]) == "invitation_revoked"


@pytest.mark.parametrize("how", ["revoked", "given to another device"])
async def test_who_was_put_out_is_kept_out_whatever_the_token_says(
    desk: Client, partner: Client, livekit: Endpoint, how: str
) -> None:
    session_id, secrets = await create(desk)
    entered = await enter(partner, secrets["partner"])
    seats = store_of(desk).seats
    async with staying(entered) as stay:
        name = stay.room.name
        mark = stay.room.local_participant.attributes[ATTRIBUTE_SEAT]
        assert not await seats.taken_away(*read_entry_mark(mark))
        if how == "revoked":
            await revoke(desk, session_id, "partner")
        else:
            await give_away(desk, session_id, secrets["partner"])
        await eventually(lambda: stay.ended)
    async with door_of(desk, livekit, name) as door:
        assert not await seats.taken_away("seat-of-another-store", 0)
        door.watch()
        assert await sent_away(entered) == DisconnectReason.PARTICIPANT_REMOVED


async def test_who_was_there_before_the_coach_is_looked_at_too(
    desk: Client, partner: Client, livekit: Endpoint
) -> None:
    session_id, secrets = await create(desk)
    entered = await enter(partner, secrets["partner"])
    async with (
        staying(await enter(desk, secrets["facilitator"])) as facilitator,
        staying(entered) as stay,
        door_of(desk, livekit, stay.room.name) as door,
    ):
        (seat,) = [one for one in await seats_of(desk, session_id) if one.endswith("partner")]
        await store_of(desk).seats.revoke(seat.split()[0])
        door.watch()
        await eventually(lambda: stay.ended)
        assert facilitator.ended == []


async def seats_of(desk: Client, session_id: str) -> list[str]:
    seats = await store_of(desk).seats.of_session(session_id)
    return [f"{seat.seat_id} {seat.role}" for seat in seats]


async def give_away(desk: Client, session_id: str, secret: str) -> None:
    """Another browser opens the link, and the facilitator admits it."""
    async with another_browser(desk) as phone:
        assert await shut(phone, secret, 409) == "seat_taken"
    seat = await seat_listed(desk, session_id, "partner")
    path = f"/api/sessions/{session_id}/seats/{seat['seat_id']}/admit"
    await answer(desk, "POST", path, status=200, json={"code": seat["waiting"][0]})


async def test_the_note_is_the_facilitators_to_read_and_to_erase(
    desk: Client, partner: Client
) -> None:
    session_id, secrets = await create(desk)
    store, path = store_of(desk), f"/api/sessions/{session_id}/note"
    seat = (await enter(desk, secrets["facilitator"]))["seat"]
    assert await answer(desk, "GET", path, status=200, bearer=seat) == {"items": None}
    await store.summaries.keep(session_id, '{"themes": ["home"]}')
    read = await answer(desk, "GET", path, status=200, bearer=seat)
    assert read == {"items": {"themes": ["home"]}}
    other = (await enter(partner, secrets["partner"]))["seat"]
    for method in ("GET", "DELETE"):
        refused = await refusal(partner, method, path, 403, bearer=other)
        assert refused == "not_the_facilitator"
    for erased in (True, False):
        gone = await answer(desk, "DELETE", path, status=200, bearer=seat)
        assert gone == {"erased": erased}
    assert await store.summaries.of(session_id) is None
    (receipt,) = await store.erasure.receipts(session_id)
    assert (receipt.reason, receipt.summaries, receipt.hints) == ("note", 1, 0)
    deeds = [entry.action for entry in await store.audit.of(session_id)]
    assert deeds == ["created", "read note", "erased note"]


async def test_only_the_facilitator_may_test_the_privacy(desk: Client, partner: Client) -> None:
    _, secrets = await create(desk)
    path = "/api/privacy-check"
    assert await refusal(partner, "POST", path, 401) == "not_signed_in"
    refused = await refusal(partner, "POST", path, 403, bearer=secrets["partner"])
    assert refused == "unknown_identity"
    assert await refusal(partner, "POST", path, 401, bearer="A" * 43) == "not_signed_in"
    assert await refusal(partner, "POST", path, 429) == "too_many_requests"


async def test_no_privacy_check_where_memory_is_short(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(privacy_check, "NEEDED_BYTES", 10**15)
    assert await refusal(desk, "POST", "/api/privacy-check", 503) == "not_checked"
