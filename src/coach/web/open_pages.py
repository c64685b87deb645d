"""Open pages hold a connection: a machine that sleeps when nobody is there stays awake for them."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from coach.web.replies import ApiError
from coach.web.visitors import address

BEAT_SECONDS = 15.0
"""Proxies and routers cut connections that are idle for a minute, often."""
MOST_OF_A_VISITOR = 20
MOST = 1000
_BEAT = b"event: here\ndata: 1\n\n"
_HEADERS = {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
}


class OpenPages:
    """How many pages are open, of this process; `close` ends their connections."""

    def __init__(self) -> None:
        self._of_visitor: Counter[str] = Counter()
        self.closing = asyncio.Event()

    def count(self) -> int:
        """Of all visitors together."""
        return self._of_visitor.total()

    @contextmanager
    def hold(self, visitor: str) -> Iterator[None]:
        """Count one page of this visitor. Raises ApiError when there are too many."""
        if self._of_visitor[visitor] >= MOST_OF_A_VISITOR or self.count() >= MOST:
            raise ApiError(429, "too_many_pages", "Too many open pages. Close some.")
        self._of_visitor[visitor] += 1
        try:
            yield
        finally:
            self._of_visitor[visitor] -= 1
            self._of_visitor += Counter()


PAGES = web.AppKey("open_pages", OpenPages)


def add_presence(app: web.Application) -> None:
    """Serve the connections, and end them when the app is to end."""
    pages = app[PAGES] = OpenPages()

    async def close(_app: web.Application) -> None:
        pages.closing.set()

    app.on_shutdown.append(close)
    app.router.add_get("/api/presence", get_presence)


async def get_presence(request: web.Request) -> web.StreamResponse:
    """Server-sent events that tell nothing but that the server is there, until the page leaves."""
    pages = request.app[PAGES]
    response = web.StreamResponse(headers=_HEADERS)
    with pages.hold(address(request)):
        await response.prepare(request)
        while not pages.closing.is_set():
            try:
                await response.write(_BEAT)
            except ConnectionError:
                break
            await _wait(pages.closing)
    return response


async def _wait(closing: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(BEAT_SECONDS):
            await closing.wait()
    except TimeoutError:
        return
