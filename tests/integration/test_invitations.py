"""A session's seats: who is let in by a link, who is not, and who decides."""

import re
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import jwt
import pytest
import pytest_asyncio
from livekit import rtc
from tests.support.openid import key_set
from tests.support.practice import create, enter, seat_listed, secret_of, shut, signed_in_desk
from tests.support.web_app import (
    Client,
    another_browser,
    answer,
    eventually,
    refusal,
    store_of,
    web_app,
)

from coach.livekit_server import Endpoint
from coach.store.clock import now_ms
from coach.web import join
from coach.web.keys import SEATS
from coach.web.seats import Seat, SeatSigner
from coach.worker.memory import Memory

pytestmark = pytest.mark.integration


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


async def test_only_who_is_signed_in_makes_and_sees_sessions(desk: Client, partner: Client) -> None:
    session_id, _ = await create(desk)
    seat = (await seat_listed(desk, session_id, "partner"))["seat_id"]
    for method, path in (
        ("GET", ""),
        ("POST", ""),
        ("POST", f"/{session_id}/links"),
        ("POST", f"/{session_id}/end"),
        ("POST", f"/{session_id}/seats/{seat}/admit"),
        ("POST", f"/{session_id}/seats/{seat}/revoke"),
    ):
        code = await refusal(partner, method, f"/api/sessions{path}", 401, json={})
        assert code == "not_signed_in", path


async def test_a_link_opens_one_seat_with_the_least_grants(desk: Client, partner: Client) -> None:
    session_id, secrets = await create(desk)
    entered = await enter(partner, secrets["partner"])
    claims = jwt.decode(entered["participant_token"], options={"verify_signature": False})
    assert entered["session_id"] == session_id
    assert claims["sub"] == "partner"
    assert claims["exp"] - time.time() <= 600
    assert re.fullmatch(r"session-[\w-]{22}", claims["video"]["room"])
    granted = {name for name, value in claims["video"].items() if value}
    assert granted == {
        "roomJoin",
        "room",
        "canPublish",
        "canPublishSources",
        "canSubscribe",
        "canPublishData",
    }
    entered = await enter(desk, secrets["facilitator"])
    claims = jwt.decode(entered["participant_token"], options={"verify_signature": False})
    assert claims["sub"] == "facilitator"


async def test_a_link_is_for_its_own_room_and_seat(desk: Client, partner: Client) -> None:
    _, secrets = await create(desk)
    secret = secrets["partner"]
    assert await shut(partner, secret, 403, room_name="no-bad-parts") == "unknown_room"
    wish = {"participant_identity": "facilitator"}
    assert await shut(partner, secret, 403, **wish) == "unknown_identity"
    await enter(partner, secret, participant_identity="partner")


async def test_no_other_secret_opens_anything(desk: Client, partner: Client) -> None:
    _, secrets = await create(desk)
    good = secrets["partner"]
    seat = (await enter(partner, good))["seat"]
    for name, wrong in {
        "none": "",
        "guessed": "A" * 43,
        "changed": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "cut": good[:-1],
        "the seat's own proof": seat,
        "other letters": "ключ",
    }.items():
        headers = {"Authorization": f"Bearer {wrong}".encode().decode("latin-1")}
        async with partner.post("/api/token", json={}, headers=headers) as reply:
            assert reply.status == 401, name


async def test_secrets_are_not_kept(desk: Client, partner: Client, tmp_path: Path) -> None:
    _, secrets = await create(desk)
    await enter(partner, secrets["partner"])
    (cookie,) = partner.session.cookie_jar
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"session-" in kept
    for secret in (*secrets.values(), cookie.value):
        assert secret.encode() not in kept


async def test_expired_revoked_and_ended_links_are_dead(desk: Client, partner: Client) -> None:
    session_id, secrets = await create(desk)
    late = await store_of(desk).seats.invite(session_id, "partner", now_ms() - 1)
    assert await shut(partner, late.secret) == "invitation_expired"
    seat = await seat_listed(desk, session_id, "partner")
    new = await answer(
        desk, "POST", f"/api/sessions/{session_id}/links", status=201, json={"role": "partner"}
    )
    assert await shut(partner, secrets["partner"]) == "invitation_revoked"
    await enter(partner, secret_of(new["link"]))
    seat = await seat_listed(desk, session_id, "partner")
    path = f"/api/sessions/{session_id}/seats/{seat['seat_id']}/revoke"
    await answer(desk, "POST", path, status=200, json={})
    assert await shut(partner, secret_of(new["link"])) == "invitation_revoked"
    await answer(desk, "POST", f"/api/sessions/{session_id}/end", status=200, json={})
    assert await shut(desk, secrets["facilitator"]) == "session_ended"
    body = {"role": "partner"}
    code = await refusal(desk, "POST", f"/api/sessions/{session_id}/links", 409, json=body)
    assert code == "session_ended"


async def test_a_link_may_be_tried_before_the_session(desk: Client, partner: Client) -> None:
    session_id, secrets = await create(desk)
    await enter(partner, secrets["partner"])
    store = store_of(desk)
    memory = Memory(store, session_id, lambda _saved: None)
    await memory.end()
    await enter(partner, secrets["partner"])
    await store.turns.add(session_id, "t1", "Something was said.")
    await memory.end()
    assert await store.turns.all(session_id) == {}
    assert await shut(partner, secrets["partner"]) == "session_ended"


async def test_a_second_device_waits_until_the_facilitator_admits_it(
    desk: Client, partner: Client
) -> None:
    session_id, secrets = await create(desk)
    first = await enter(partner, secrets["partner"])
    assert (await enter(partner, secrets["partner"]))["session_id"] == session_id
    async with another_browser(desk) as phone:
        headers = {"Authorization": f"Bearer {secrets['partner']}"}
        async with phone.post("/api/token", json={}, headers=headers) as reply:
            assert reply.status == 409
            error = (await reply.json())["error"]
        assert error["code"] == "seat_taken"
        assert "use on another device" in error["message"]
        seat = await seat_listed(desk, session_id, "partner")
        (code,) = seat["waiting"]
        assert error["message"].endswith(code)
        path = f"/api/sessions/{session_id}/seats/{seat['seat_id']}/admit"
        assert await refusal(desk, "POST", path, 404, json={"code": "000"}) == "nobody_waits"
        await answer(desk, "POST", path, status=200, json={"code": code.lower()})
        await enter(phone, secrets["partner"])
    assert await shut(partner, secrets["partner"], 409) == "seat_taken"
    body = {"agreed": False, "version": "1"}
    ended = await refusal(partner, "POST", "/api/consent", 401, bearer=first["seat"], json=body)
    assert ended == "seat_ended"


async def test_a_stolen_seat_proof_is_worth_nothing_elsewhere(
    desk: Client, partner: Client
) -> None:
    session_id, secrets = await create(desk)
    seat = (await enter(desk, secrets["facilitator"]))["seat"]
    path = f"/api/sessions/{session_id}/hints"
    await answer(desk, "GET", path, status=200, bearer=seat)
    deeds = [entry.action for entry in await store_of(desk).audit.of(session_id)]
    assert deeds == ["created", "read hints"]
    assert await refusal(partner, "GET", path, 401, bearer=seat) == "seat_ended"
    assert await refusal(desk, "GET", "/api/sessions/s-x/hints", 404, bearer=seat)


async def test_no_forged_seat_proof_opens_anything(desk: Client) -> None:
    session_id, secrets = await create(desk)
    entered = await enter(desk, secrets["facilitator"])
    good, key = entered["seat"], jwt.decode(entered["seat"], options={"verify_signature": False})
    signer = store_signer(desk)
    open_seat = Seat("no-bad-parts", "facilitator", session_id)
    forged = {
        "expired": signer.issue(Seat(key["room"], "facilitator", session_id, key["seat"]), -1),
        "without a seat": signer.issue(open_seat),
        "of an unknown seat": signer.issue(Seat(key["room"], "facilitator", session_id, "seat-x")),
        "of another key": SeatSigner("x" * 40).issue(open_seat),
        "unsigned": jwt.encode(key, "", "none"),
        "a token to join with": entered["participant_token"],
        "tampered": good[:-4] + "AAAA",
    }
    for name, proof in forged.items():
        async with desk.get(
            f"/api/sessions/{session_id}/hints", headers={"Authorization": f"Bearer {proof}"}
        ) as reply:
            assert reply.status == 401, name


def store_signer(client: Client) -> SeatSigner:
    app: Any = client.server
    signer: SeatSigner = app.app[SEATS]
    return signer


async def test_facilitators_with_accounts_see_their_own_sessions_alone(
    tmp_path: Path, livekit: Endpoint
) -> None:
    async with key_set() as keys:
        settings: dict[str, Any] = {
            "oidc_issuer": keys.issuer,
            "coach_facilitators": "anna@example.org,ben@example.org",
        }
        async with web_app(tmp_path, livekit, **settings) as anna, another_browser(anna) as ben:
            for client, email in ((anna, "anna@example.org"), (ben, "ben@example.org")):
                body = {"token": keys.token("first", email=email)}
                await answer(client, "POST", "/api/sign-in", status=200, json=body)
            session_id, _ = await create(anna, name="Tuesday")
            seat = await seat_listed(anna, session_id, "facilitator")
            assert (await answer(ben, "GET", "/api/sessions", status=200))["sessions"] == []
            for path in ("links", "end", f"seats/{seat['seat_id']}/revoke"):
                body = {"role": "facilitator"}
                await refusal(ben, "POST", f"/api/sessions/{session_id}/{path}", 404, json=body)


def _is_past(moment: float) -> bool:
    return time.time() > moment


async def test_a_seat_outlives_its_tokens(
    desk: Client, partner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(join, "TOKEN_LIFE", timedelta(seconds=1))
    _, secrets = await create(desk)
    for _lifetime in range(3):
        entered = await enter(partner, secrets["partner"])
        claims = jwt.decode(entered["participant_token"], options={"verify_signature": False})
        room = rtc.Room()
        await room.connect(entered["server_url"], entered["participant_token"])
        await eventually(partial(_is_past, claims["exp"]))
        assert room.isconnected()
        await room.disconnect()
