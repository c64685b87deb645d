"""The HTTP side: who may enter, in which form refusals come, and what no one gets."""

import time
from dataclasses import replace
from pathlib import Path

import aiohttp
import jwt
import pytest
from livekit import api
from tests.integration.conftest import ROOM, Stage
from tests.support.clients import RtcPerson, person
from tests.support.coach import run_coach, running_coach
from tests.support.provider import scripted_provider
from tests.support.stage import services

from coach.web.seats import Seat, SeatSigner

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]


async def ask(
    stage: Stage, method: str, path: str, *, status: int, **options: object
) -> dict[str, object]:
    async with (
        aiohttp.ClientSession() as http,
        http.request(method, stage.web + path, **options) as answer,  # type: ignore[arg-type]
    ):
        assert answer.status == status, await answer.text()
        body: dict[str, object] = await answer.json()
        return body


async def test_the_token_follows_livekits_convention_and_lives_for_minutes(stage: Stage) -> None:
    body = await ask(
        stage, "POST", "/api/token", status=201, json={"participant_identity": "facilitator"}
    )
    assert body["server_url"] == stage.livekit.url
    secret = stage.livekit.api_secret.get_secret_value()
    claims = jwt.decode(str(body["participant_token"]), secret, algorithms=["HS256"])
    assert claims["sub"] == "facilitator"
    assert claims["exp"] - time.time() <= 600
    assert claims["video"]["room"] == ROOM
    forbidden = ("roomAdmin", "roomCreate", "roomList", "roomRecord", "hidden", "agent", "recorder")
    assert not any(claims["video"].get(grant) for grant in forbidden)
    assert not claims["video"].get("canUpdateOwnMetadata")


@pytest.mark.parametrize(
    "body",
    [
        {"room_name": "another-room"},
        {"participant_identity": "coach"},
        {"participant_identity": "observer"},
    ],
)
async def test_open_access_ends_at_the_default_room_and_the_two_seats(
    stage: Stage, body: dict[str, str]
) -> None:
    refusal = await ask(stage, "POST", "/api/token", status=403, json=body)
    assert set(refusal["error"]) == {"code", "message"}  # type: ignore[call-overload]


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"[" * 20_000, b'{"room_name": 7}', b"\xff"])
@pytest.mark.parametrize("path", ["/api/token"])
async def test_bad_bodies_are_refused_in_the_one_form(stage: Stage, path: str, body: bytes) -> None:
    refusal = await ask(stage, "POST", path, status=400, data=body)
    assert refusal["error"]["code"] == "bad_request"  # type: ignore[index]


async def test_unknown_paths_and_methods_are_json_under_api(stage: Stage) -> None:
    assert "error" in await ask(stage, "GET", "/api/nothing", status=404)
    assert "error" in await ask(stage, "GET", "/api/token", status=405)
    assert "error" in await ask(stage, "POST", "/api/token", status=413, data=b"x" * 100_000)


async def test_other_sites_and_other_names_are_refused(stage: Stage) -> None:
    other = {"Origin": "https://evil.example"}
    await ask(stage, "POST", "/api/token", status=403, json={}, headers=other)
    renamed = {"Host": "evil.example"}
    await ask(stage, "POST", "/api/token", status=403, json={}, headers=renamed)


async def test_a_front_end_on_another_port_of_this_machine_may_ask(stage: Stage) -> None:
    headers = {"Origin": "http://localhost:3000"}
    async with aiohttp.ClientSession() as http:
        async with http.options(f"{stage.web}/api/token", headers=headers) as answer:
            assert answer.status == 204
        async with http.post(f"{stage.web}/api/token", json={}, headers=headers) as answer:
            assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
        async with http.options(f"{stage.web}/api/sessions/s-1/note", headers=headers) as answer:
            allowed = answer.headers["Access-Control-Allow-Methods"].split(", ")
    assert set(allowed) == {"GET", "POST", "DELETE"}


async def test_hints_are_for_the_facilitator_of_that_session_alone(stage: Stage) -> None:
    async with person("partner", stage.web) as partner:
        path = f"/api/sessions/{partner.session_id}/hints"
        bearer = {"Authorization": f"Bearer {partner.seat}"}
        await ask(stage, "GET", path, status=403, headers=bearer)
        await ask(stage, "GET", path, status=401)
        await ask(stage, "GET", path, status=401, headers={"Authorization": "Bearer x"})
    async with person("facilitator", stage.web) as facilitator:
        bearer = {"Authorization": f"Bearer {facilitator.seat}"}
        await ask(stage, "GET", "/api/sessions/s-other/hints", status=404, headers=bearer)
        for after in ("-1", "x", "1" * 30, "٣"):
            await ask(stage, "GET", f"{path}?after={after}", status=400, headers=bearer)


def _proofs(stage: Stage) -> dict[str, str]:
    secret = stage.livekit.api_secret.get_secret_value()
    signer, seat = SeatSigner(secret), Seat(ROOM, "facilitator", "s-1")
    good = signer.issue(seat)
    return {
        "expired": signer.issue(seat, -1),
        "of a seat that nobody holds": signer.issue(replace(seat, seat_id="seat-1")),
        "of another key": SeatSigner("x" * 40).issue(seat),
        "unsigned": jwt.encode(jwt.decode(good, options={"verify_signature": False}), "", "none"),
        "a livekit token": api.AccessToken(stage.livekit.api_key, secret).to_jwt(),
        "tampered": good[:-4] + "AAAA",
    }


async def test_no_forged_seat_opens_anything(stage: Stage) -> None:
    for name, proof in _proofs(stage).items():
        bearer = {"Authorization": f"Bearer {proof}"}
        body = await ask(stage, "GET", "/api/sessions/s-1/hints", status=401, headers=bearer)
        assert "error" in body, name


async def test_answers_are_never_cached_and_carry_the_policy(stage: Stage) -> None:
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{stage.web}/api/info") as answer:
            assert answer.headers["Cache-Control"] == "no-store"
        async with http.get(f"{stage.web}/facilitator") as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "script-src 'self'" in policy
            assert "unsafe" not in policy
            assert stage.livekit.url in policy


async def test_in_production_only_an_invitation_opens_the_room(
    stage: Stage, tmp_path: Path
) -> None:
    async with scripted_provider() as provider:
        environment = services(stage.livekit, provider)
        links = run_coach(tmp_path, "sessions", "create", environment=environment).stdout
        invitations = dict(line.split(": ", 1) for line in links.splitlines())
        async with running_coach(tmp_path, "start", environment=environment) as coach:
            someone = RtcPerson("facilitator", coach.web)
            with pytest.raises(AssertionError, match="invitation_missing"):
                await someone.post("/api/token", {})
            someone.seat = invitations["facilitator"].split("#invite=")[1]
            with pytest.raises(AssertionError, match="unknown_identity"):
                await someone.post("/api/token", {"participant_identity": "partner"})
            entered = await someone.post("/api/token", {})
            room = jwt.decode(entered["participant_token"], options={"verify_signature": False})
            assert room["video"]["room"].startswith("session-")
