"""Calls coaches back by itself when a worker returns, before a page asks again."""

import logging
from collections.abc import AsyncIterator

from aiohttp import ClientError, web
from livekit.api import TwirpError

from coach.tasks import Tasks
from coach.web.keys import CONFIG, ROOMS

log = logging.getLogger("coach.web")


async def calling_back(app: web.Application) -> AsyncIterator[None]:
    """As long as the app runs."""
    tasks = Tasks()
    tasks.start(_call_back(app), "call-back")
    yield
    await tasks.aclose()


async def _call_back(app: web.Application) -> None:
    while True:
        await app[CONFIG].worker_comes()
        try:
            await app[ROOMS].worker_came()
        except (TwirpError, ClientError, TimeoutError) as failure:
            log.warning("Coaches not called back", extra={"error": type(failure).__name__})
