"""Text outlives its session only where the partner said yes to that too."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from tests.support.web_app import Client, another_browser, answer, refusal, store_of, web_app

from coach.livekit_server import Endpoint

pytestmark = pytest.mark.integration

KEY = "correct-horse-battery-staple"
SAID = "There is a part of me that feels really scared."


@pytest_asyncio.fixture
async def desk(tmp_path: Path, livekit: Endpoint) -> AsyncIterator[Client]:
    """The signed-in facilitator's browser, where text may be kept for a month."""
    async with web_app(tmp_path, livekit, coach_access_key=KEY, retention_days=30) as client:
        await answer(client, "POST", "/api/sign-in", status=200, json={"access_key": KEY})
        yield client


async def session_with_an_answer(desk: Client, **said: Any) -> str:
    """A session in which the partner gave this answer and one turn was heard, ended."""
    made = await answer(desk, "POST", "/api/sessions", status=201, json={})
    session_id: str = made["session_id"]
    secret = made["links"]["partner"].partition("#invite=")[2]
    async with another_browser(desk) as partner:
        entered = await answer(
            partner, "POST", "/api/token", status=201, bearer=secret, json={"participant_name": "R"}
        )
        version = (await answer(partner, "GET", "/api/consent", status=200))["version"]
        body = {"agreed": True, "version": version, **said}
        await answer(partner, "POST", "/api/consent", status=200, bearer=entered["seat"], json=body)
    await store_of(desk).turns.add(session_id, f"{session_id}-t1", SAID)
    await answer(desk, "POST", f"/api/sessions/{session_id}/end", status=200, json={})
    return session_id


async def test_the_partner_is_asked_and_told_for_how_long(desk: Client, tmp_path: Path) -> None:
    asked = await answer(desk, "GET", "/api/consent", status=200)
    assert "30 days" in asked["keeping"]
    assert any("unless you allow below" in one for one in asked["paragraphs"])
    async with web_app(tmp_path / "other") as plain:
        other = await answer(plain, "GET", "/api/consent", status=200)
    assert other["keeping"] == ""
    assert "unless" not in " ".join(other["paragraphs"])
    assert other["version"] != asked["version"]


async def test_what_may_be_kept_is_read_by_its_facilitator_and_erased(desk: Client) -> None:
    session_id = await session_with_an_answer(desk, keep=True)
    path = f"/api/sessions/{session_id}"
    kept = await answer(desk, "GET", f"{path}/text", status=200)
    assert kept == {"turns": [SAID], "hints": [], "note": None}
    async with another_browser(desk) as stranger:
        assert await refusal(stranger, "GET", f"{path}/text", 401) == "not_signed_in"
        assert await refusal(stranger, "POST", f"{path}/erase", 401, json={}) == "not_signed_in"
    await answer(desk, "POST", f"{path}/erase", status=200, json={})
    assert await refusal(desk, "GET", f"{path}/text", 404) == "nothing_kept"
    assert await store_of(desk).turns.all(session_id) == {}


@pytest.mark.parametrize("said", [{}, {"keep": False}, {"keep": None}])
async def test_without_a_yes_to_keeping_nothing_is_kept(
    desk: Client, said: dict[str, bool | None]
) -> None:
    session_id = await session_with_an_answer(desk, **said)
    assert await refusal(desk, "GET", f"/api/sessions/{session_id}/text", 404) == "nothing_kept"
    assert await store_of(desk).turns.all(session_id) == {}


async def test_a_running_sessions_words_are_not_handed_out(desk: Client) -> None:
    made = await answer(desk, "POST", "/api/sessions", status=201, json={})
    path = f"/api/sessions/{made['session_id']}"
    assert await refusal(desk, "GET", f"{path}/text", 404) == "nothing_kept"
    assert await refusal(desk, "POST", f"{path}/erase", 409, json={}) == "session_open"
