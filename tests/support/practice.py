"""A practice's web app, and what its facilitator and partner ask of it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.support.web_app import Client, answer, refusal, web_app

from coach.livekit_server import Endpoint

KEY = "correct-horse-battery-staple"
LINK = re.compile(r"^http://127\.0\.0\.1:\d+/session/(partner|facilitator)#invite=([\w-]{43})$")


@asynccontextmanager
async def signed_in_desk(home: Path, livekit: Endpoint) -> AsyncIterator[Client]:
    """The signed-in facilitator's browser."""
    async with web_app(home, livekit, coach_access_key=KEY) as client:
        await answer(client, "POST", "/api/sign-in", status=200, json={"access_key": KEY})
        yield client


async def create(desk: Client, **body: Any) -> tuple[str, dict[str, str]]:
    """A new session and the secrets of its links."""
    made = await answer(desk, "POST", "/api/sessions", status=201, json=body)
    return made["session_id"], {role: secret_of(link) for role, link in made["links"].items()}


def secret_of(link: str) -> str:
    found = LINK.match(link)
    assert found, link
    return found[2]


async def enter(client: Client, secret: str, **body: str) -> dict[str, Any]:
    return await answer(client, "POST", "/api/token", status=201, bearer=secret, json=body)


async def shut(client: Client, secret: str, status: int = 401, **body: str) -> str:
    return await refusal(client, "POST", "/api/token", status, bearer=secret, json=body)


async def seat_listed(desk: Client, session_id: str, role: str) -> dict[str, Any]:
    """The newest seat of this role, as the sessions page sees it."""
    listed = (await answer(desk, "GET", "/api/sessions", status=200))["sessions"]
    seats = next(one["seats"] for one in listed if one["session_id"] == session_id)
    found: dict[str, Any] = [seat for seat in seats if seat["role"] == role][-1]
    return found


async def revoke(desk: Client, session_id: str, role: str) -> None:
    """Withdraw the newest link of this role."""
    seat = await seat_listed(desk, session_id, role)
    path = f"/api/sessions/{session_id}/seats/{seat['seat_id']}/revoke"
    await answer(desk, "POST", path, status=200, json={})
