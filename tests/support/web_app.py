"""The web app alone, in this process, with a real store."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient, TestServer
from livekit import api

from coach import assets
from coach.exposure import LOOPBACK
from coach.livekit_server import Endpoint
from coach.settings import Settings
from coach.store import Store, migrate, open_store
from coach.web import WebConfig
from coach.web.app import application
from coach.web.keys import STORE

API_SECRET = "s" * 40
NO_LIVEKIT = {
    "livekit_url": "ws://127.0.0.1:1",
    "livekit_api_key": "key",
    "livekit_api_secret": API_SECRET,
}
Client = TestClient[Any, Any]


@asynccontextmanager
async def web_app(
    home: Path,
    livekit: Endpoint | None = None,
    *,
    open_access: bool = False,
    host: str = LOOPBACK,
    **given: Any,
) -> AsyncIterator[Client]:
    """A browser's view of the app: its cookies are kept from one request to the next."""
    settings = Settings(**{**NO_LIVEKIT, **_named(livekit), "coach_home": home, **given})
    config = WebConfig(
        host=host,
        open_access=open_access,
        rehearsal=False,
        pages=assets.pages(),
        worker_ready=lambda: True,
    )
    await migrate(settings)
    url, key, secret = settings.livekit_url, settings.livekit_api_key, settings.livekit_api_secret
    assert secret
    await migrate(settings)
    async with (
        api.LiveKitAPI(url, key, secret.get_secret_value()) as server,
        open_store(settings) as store,
        TestClient(TestServer(application(settings, config, store, server))) as client,
    ):
        yield client


@asynccontextmanager
async def another_browser(client: Client) -> AsyncIterator[Client]:
    """The same app, without the first one's cookies."""
    other: Client = TestClient(client.server)
    await other.start_server()
    try:
        yield other
    finally:
        await other.session.close()


def store_of(client: Client) -> Store:
    """What the app behind it keeps."""
    assert isinstance(client.server, TestServer)
    return client.server.app[STORE]


async def answer(
    client: Client, method: str, path: str, *, status: int, bearer: str = "", **options: Any
) -> dict[str, Any]:
    """The JSON answer, which must have this status."""
    headers = {**options.pop("headers", {})}
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    async with client.request(method, path, headers=headers, **options) as reply:
        assert reply.status == status, await reply.text()
        assert reply.headers["Cache-Control"] == "no-store"
        body: dict[str, Any] = await reply.json()
        return body


async def refusal(client: Client, method: str, path: str, status: int, **options: Any) -> str:
    """The code of the error that this request gets."""
    body = await answer(client, method, path, status=status, **options)
    assert set(body["error"]) == {"code", "message"}
    return str(body["error"]["code"])


async def eventually(condition: Callable[[], object], timeout_s: float = 30.0) -> None:
    """Wait until this holds."""
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, f"not within {timeout_s} s"
        await asyncio.sleep(0.02)


def _named(livekit: Endpoint | None) -> dict[str, Any]:
    if livekit is None:
        return {}
    return {
        "livekit_url": livekit.url,
        "livekit_api_key": livekit.api_key,
        "livekit_api_secret": livekit.api_secret,
    }
