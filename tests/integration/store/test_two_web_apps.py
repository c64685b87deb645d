"""Two web apps on one database are one: limits, sign-ins, seats, and who calls the coach."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from livekit import api
from tests.support.stores import Engine
from tests.support.web_app import Client, another_browser, answer, refusal, web_app

from coach.livekit_server import Endpoint
from coach.protocol import AGENT_NAME, fence_of

pytestmark = pytest.mark.integration

KEY = "correct-horse-battery-staple"
BURST = 10
Pair = tuple[Client, Client]


@pytest_asyncio.fixture
async def pair(engine: Engine, livekit: Endpoint) -> AsyncIterator[Pair]:
    """The same browser, at one web app and at the other."""
    home = engine.settings.coach_home
    one = web_app(home, livekit, coach_access_key=KEY)
    async with one as first, web_app(home, livekit, coach_access_key=KEY) as second:
        yield first, second


def carry_cookies(source: Client, target: Client) -> None:
    """What a browser does that the balancer sends elsewhere."""
    kept = {cookie.key: cookie.value for cookie in source.session.cookie_jar}
    target.session.cookie_jar.update_cookies(kept, target.make_url("/"))


async def sign_in(pair: Pair) -> None:
    await answer(pair[0], "POST", "/api/sign-in", status=200, json={"access_key": KEY})
    carry_cookies(*pair)


async def create(desk: Client) -> tuple[str, dict[str, str]]:
    made = await answer(desk, "POST", "/api/sessions", status=201, json={})
    links = {role: re.sub(r".*=", "", link) for role, link in made["links"].items()}
    return made["session_id"], links


async def test_guessing_is_slowed_down_at_both_together(pair: Pair) -> None:
    statuses = []
    for number in range(BURST + 2):
        body = {"access_key": "guess"}
        async with pair[number % 2].post("/api/sign-in", json=body) as reply:
            statuses.append(reply.status)
    assert statuses == [401] * BURST + [429] * 2
    for client in pair:
        await refusal(client, "POST", "/api/sign-in", 429, json={"access_key": KEY})
        await answer(client, "GET", "/api/sign-in", status=200)


async def test_signing_out_at_one_holds_at_the_other(pair: Pair) -> None:
    await sign_in(pair)
    stolen = {cookie.key: cookie.value for cookie in pair[0].session.cookie_jar}
    for client in pair:
        assert (await answer(client, "GET", "/api/sign-in", status=200))["signed_in"]
    await answer(pair[0], "POST", "/api/sign-out", status=200, json={})
    for client in pair:
        client.session.cookie_jar.update_cookies(stolen, client.make_url("/"))
        assert (await answer(client, "GET", "/api/sign-in", status=200))["signed_in"] is None


@asynccontextmanager
async def browser(pair: Pair) -> AsyncIterator[Pair]:
    """Another browser, at both."""
    async with another_browser(pair[0]) as first, another_browser(pair[1]) as second:
        yield first, second


async def test_a_seat_made_here_is_claimed_admitted_and_revoked_there(pair: Pair) -> None:
    await sign_in(pair)
    desk, other_desk = pair
    session_id, links = await create(desk)
    secret, seats = links["partner"], f"/api/sessions/{session_id}/seats"

    async def enter(client: Client, status: int) -> dict[str, Any]:
        return await answer(client, "POST", "/api/token", status=status, bearer=secret, json={})

    async with browser(pair) as laptop, browser(pair) as phone:
        entered = await enter(laptop[1], 201)
        carry_cookies(laptop[1], laptop[0])
        assert (await enter(laptop[0], 201))["session_id"] == session_id
        await enter(phone[0], 409)
        (listed,) = (await answer(other_desk, "GET", "/api/sessions", status=200))["sessions"]
        (seat,) = [one for one in listed["seats"] if one["waiting"]]
        path = f"{seats}/{seat['seat_id']}"
        code = {"code": seat["waiting"][0]}
        await answer(other_desk, "POST", f"{path}/admit", status=200, json=code)
        carry_cookies(phone[0], phone[1])
        await enter(phone[1], 201)
        for client in laptop:
            consent = {"agreed": False, "version": "1"}
            bearer = entered["seat"]
            await refusal(client, "POST", "/api/consent", 401, bearer=bearer, json=consent)
        await answer(desk, "POST", f"{path}/revoke", status=200, json={})
        for client in phone:
            await enter(client, 401)


async def dispatches(livekit: Endpoint, pair: Pair, session_id: str) -> list[api.AgentDispatch]:
    """Of the session's room."""
    listed = await answer(pair[0], "GET", "/api/sessions", status=200)
    assert [one["session_id"] for one in listed["sessions"]] == [session_id]
    secret = livekit.api_secret.get_secret_value()
    async with api.LiveKitAPI(livekit.url, livekit.api_key, secret) as server:
        rooms = (await server.room.list_rooms(api.ListRoomsRequest())).rooms
        found = [await server.agent_dispatch.list_dispatch(room.name) for room in rooms]
    every = [one for listed in found for one in listed if one.agent_name == AGENT_NAME]
    return [one for one in every if session_id in one.metadata]


async def test_both_together_call_one_coach(pair: Pair, livekit: Endpoint) -> None:
    await sign_in(pair)
    session_id, links = await create(pair[0])
    async with browser(pair) as partner:
        joins = [(pair[0], links["facilitator"]), (partner[1], links["partner"])]
        entered = await asyncio.gather(
            *(
                answer(client, "POST", "/api/token", status=201, bearer=secret, json={})
                for client, secret in joins
            )
        )
        (first,) = await dispatches(livekit, pair, session_id)
        carry_cookies(*pair)
        asked = [
            answer(client, "POST", "/api/coach", status=200, bearer=entered[0]["seat"], json={})
            for client in pair * 3
        ]
        assert {one["state"] for one in await asyncio.gather(*asked)} == {"dispatched"}
        (still,) = await dispatches(livekit, pair, session_id)
        assert (still.id, fence_of(still.metadata)) == (first.id, fence_of(first.metadata))
