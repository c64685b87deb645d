"""The connection by which an open page keeps a machine awake that would sleep otherwise."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestServer
from tests.support.web_app import Client, eventually, web_app

from coach.web import open_pages
from coach.web.open_pages import PAGES

pytestmark = pytest.mark.integration

BEAT = b"event: here\ndata: 1\n\n"
PUBLIC: dict[str, Any] = {"host": "0.0.0.0", "coach_access_key": "k" * 20}  # noqa: S104
WAIT_S = 10.0


@pytest.fixture(autouse=True)
def _short_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_pages, "BEAT_SECONDS", 0.05)


def pages(client: Client) -> int:
    assert isinstance(client.server, TestServer)
    return client.server.app[PAGES].count()


async def hold(client: Client) -> ClientResponse:
    reply = await client.get("/api/presence")
    assert reply.status == 200
    assert reply.content_type == "text/event-stream"
    return reply


async def test_it_beats_and_tells_nothing(tmp_path: Path) -> None:
    async with web_app(tmp_path, **PUBLIC) as client:
        reply = await hold(client)
        async with asyncio.timeout(WAIT_S):
            assert await reply.content.readexactly(3 * len(BEAT)) == 3 * BEAT
        assert reply.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in reply.headers
        assert pages(client) == 1
        reply.close()


async def test_a_page_that_leaves_or_is_cut_off_is_forgotten(tmp_path: Path) -> None:
    async with web_app(tmp_path, **PUBLIC) as client:
        left, cut = await hold(client), await hold(client)
        assert pages(client) == 2
        left.close()
        assert cut.connection is not None
        assert cut.connection.transport is not None
        cut.connection.transport.abort()
        await eventually(lambda: pages(client) == 0)


async def test_one_visitor_holds_only_so_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_pages, "MOST_OF_A_VISITOR", 2)
    async with web_app(tmp_path, **PUBLIC) as client:
        held = [await hold(client), await hold(client)]
        body = await client.get("/api/presence")
        assert body.status == 429
        assert (await body.json())["error"]["code"] == "too_many_pages"
        held[0].close()
        await eventually(lambda: pages(client) == 1)
        await hold(client)


async def test_the_app_ends_at_once_under_open_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_pages, "BEAT_SECONDS", 3600.0)
    async with web_app(tmp_path, **PUBLIC) as client:
        held = await hold(client)
        async with asyncio.timeout(WAIT_S):
            await client.server.close()
            assert await held.read() == BEAT
