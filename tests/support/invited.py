"""People who come by a link, as outside `dev`: each in a browser that keeps its cookies."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from tests.support.clients import RtcPerson


class Guest(RtcPerson):
    """Someone who came by a link."""

    def __init__(
        self, identity: str, web: str, invitation: str, browser: aiohttp.ClientSession
    ) -> None:
        super().__init__(identity, web)
        self.seat = invitation
        self._browser = browser

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.seat}"}
        async with self._browser.post(self.web + path, json=body, headers=headers) as answer:
            assert answer.status < 300, await answer.text()
            reply: dict[str, Any] = await answer.json()
            return reply

    async def missed_hints(self, after: int = 0) -> list[dict[str, Any]]:
        headers = {"Authorization": f"Bearer {self.seat}"}
        url = f"{self.web}/api/sessions/{self.session_id}/hints?after={after}"
        async with self._browser.get(url, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            hints: list[dict[str, Any]] = (await answer.json())["hints"]
            return hints


@asynccontextmanager
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    """Keeps cookies of loopback too; every request is a connection of its own."""
    connector = aiohttp.TCPConnector(force_close=True)
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar, connector=connector) as session:
        yield session


@asynccontextmanager
async def guest(identity: str, web: str, invitation: str) -> AsyncIterator[Guest]:
    """In the room until the block ends."""
    async with browser() as own:
        someone = Guest(identity, web, invitation, own)
        await someone.join()
        try:
            yield someone
        finally:
            await someone.leave()
