"""Ten thousand requests that nobody meant: every endpoint keeps its form and gives nothing away."""

import asyncio
import json
import logging
import random
import string
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from tests.support.web_app import Client, another_browser, answer, store_of, web_app

from coach.livekit_server import Endpoint

pytestmark = pytest.mark.integration

REQUESTS = 10_000
AT_ONCE = 6
LIMIT_S = 240.0
SEED = 20_26
KEY = "correct-horse-battery-staple"
MARK = "never-repeat-this"
FIELDS = (
    *("room_name", "participant_identity", "participant_name", "agreed", "version", "access_key"),
    *("token", "hours", "name", "role", "code", "purpose", "section", "text", "minutes"),
)
STRINGS = (
    *("", " ", "partner", "facilitator", "coach", "no-bad-parts", "granted", KEY, MARK, "\x00"),
    *("é" * 9, "\ud800", "x" * 5000, "' OR 1=1 --", "../../etc/passwd", "<script>", "%s%n", "٣"),
    *("a.b.c", "eyJhbGciOiJub25lIn0.e30.", "true", "null", "-1", "1e999", "s-1"),
)
ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    24,
    1e308,
    10**40,
    [],
    {},
    [[]],
    [None],
    {"a": {"b": [1]}},
)
RAW = (
    *(b"", b"{", b"[]", b'"x"', b"[" * 20_000, b"\xff\xfe", b"nan"),
    *(b"NaN", b"{}" * 9, b"\x00" * 99),
)
NOT_ASKED = {"/api/sign-out", "/api/privacy-check", "/api/presence"}
"""One ends the proofs that the others need, one starts a process, one answers without an end."""
KINDS = ("application/json", "text/plain", "multipart/form-data", "application/xml", "x", "")


@dataclass(slots=True)
class Door:
    """The app, the proofs that open parts of it, and what no answer may hold."""

    stranger: Client
    facilitator: Client
    proofs: list[str]
    ids: list[str]
    posts: list[str]
    gets: list[str]
    secrets: list[str]
    faults: list[str] = field(default_factory=list)


@pytest_asyncio.fixture
async def door(tmp_path: Path, livekit: Endpoint) -> AsyncIterator[Door]:
    settings: dict[str, Any] = {
        "coach_access_key": KEY,
        "coach_client_address_header": "X-Visitor",
        "openai_api_key": "sk-not-for-anyone",
    }
    async with web_app(tmp_path, livekit, **settings) as client, another_browser(client) as other:
        yield await _door(client, other, livekit, tmp_path)


async def _door(client: Client, other: Client, livekit: Endpoint, home: Path) -> Door:
    headers = {"X-Visitor": "the fixture"}
    body = {"access_key": KEY}
    await answer(client, "POST", "/api/sign-in", status=200, json=body, headers=headers)
    made = await answer(client, "POST", "/api/sessions", status=201, json={}, headers=headers)
    links = {role: link.split("=")[1] for role, link in made["links"].items()}
    seats = await store_of(client).seats.of_session(made["session_id"])
    proofs = ["", "x", *links.values()]
    for browser, role in ((client, "facilitator"), (other, "partner")):
        entered = await answer(
            browser, "POST", "/api/token", status=201, bearer=links[role], json={}, headers=headers
        )
        proofs.append(entered["seat"])
    router: Any = client.server
    routes = {(route.method, route.resource.canonical) for route in router.app.router.routes()}
    posts = sorted(path for method, path in routes if method == "POST" and path not in NOT_ASKED)
    gets = sorted(path for method, path in routes if method == "GET" and path not in NOT_ASKED)
    return Door(
        other,
        client,
        proofs,
        [made["session_id"], *(seat.seat_id for seat in seats), "s-1", "%00", "..%2f", "é", MARK],
        posts,
        gets,
        [livekit.api_secret.get_secret_value(), "sk-not-for-anyone", "Traceback", str(home)],
    )


def _value(rng: random.Random, depth: int = 0) -> Any:
    kind = rng.random()
    if kind < 0.55:
        return rng.choice(STRINGS)
    if kind < 0.85 or depth > 2:
        return rng.choice(ODD)
    if kind < 0.92:
        return [_value(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {rng.choice(FIELDS): _value(rng, depth + 1) for _ in range(rng.randrange(4))}


def _body(rng: random.Random) -> bytes:
    kind = rng.random()
    if kind < 0.15:
        return rng.choice(RAW)
    if kind < 0.25:
        return rng.randbytes(rng.randrange(200))
    given = json.dumps({name: _value(rng) for name in rng.sample(FIELDS, rng.randrange(5))})
    if kind < 0.35:
        cut = rng.randrange(len(given) + 1)
        given = given[:cut] + rng.choice(string.printable) + given[cut + 1 :]
    return given.encode()


def _path(rng: random.Random, path: str, ids: list[str]) -> str:
    for name in ("session_id", "seat_id", "name"):
        path = path.replace(f"{{{name}}}", rng.choice(ids))
    if rng.random() < 0.3:
        path += f"?after={rng.choice(('0', '-1', 'x', '9' * 30, MARK))}"
    return path


def _headers(rng: random.Random, number: int, proofs: list[str]) -> dict[str, str]:
    headers = {"X-Visitor": str(number), "Content-Type": rng.choice(KINDS)}
    if proof := rng.choice(proofs if rng.random() < 0.2 else proofs[:2]):
        headers["Authorization"] = f"{rng.choice(('Bearer', 'bearer', 'Basic', ''))} {proof}"
    if rng.random() < 0.05:
        headers["Origin"] = rng.choice(("https://evil.example", "null", "http://[", ""))
    return headers


async def _knock(door: Door, rng: random.Random, number: int, at_once: asyncio.Semaphore) -> None:
    method = "GET" if rng.random() < 0.05 else "POST"
    path = rng.choice(door.gets if method == "GET" else door.posts)
    url = _path(rng, path, door.ids)
    headers, body = _headers(rng, number, door.proofs), _body(rng)
    client = door.facilitator if rng.random() < 0.05 else door.stranger
    what = f"{number}: {method} {url} {body[:200]!r}"
    async with at_once:
        try:
            async with client.request(method, url, headers=headers, data=body) as reply:
                text = (await reply.read()).decode(errors="replace")
        except aiohttp.ClientError as error:
            door.faults.append(f"{type(error).__name__} {what}")
            return
    if reply.status >= 500 and path != "/readyz":
        door.faults.append(f"{reply.status} {what} {text[:200]}")
    refused = reply.status >= 400
    if refused and path.startswith("/api/") and text and set(json.loads(text)) != {"error"}:
        door.faults.append(f"form {what} {text[:200]}")
    if any(secret in text for secret in door.secrets) or (refused and MARK in text):
        door.faults.append(f"leak {what}")


async def test_no_request_breaks_an_endpoint_or_draws_anything_out(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    rng = random.Random(SEED)  # noqa: S311 (chance that can be repeated)
    at_once = asyncio.Semaphore(AT_ONCE)
    caplog.set_level(logging.DEBUG, "coach")
    async with asyncio.timeout(LIMIT_S):
        await asyncio.gather(*(_knock(door, rng, number, at_once) for number in range(REQUESTS)))
    assert not door.faults, "\n".join(door.faults[:10])
    logged = "\n".join(f"{one.getMessage()} {one.__dict__}" for one in caplog.records)
    assert not any(word in logged for word in (*door.secrets, KEY, MARK, *door.proofs[2:]))
