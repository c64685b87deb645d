"""Whether the process lives, and whether it can serve a session."""

import asyncio
import logging
from collections.abc import Awaitable

from aiohttp import ClientError, web
from livekit.api import TwirpError
from sqlalchemy.exc import SQLAlchemyError

from coach.web.keys import CONFIG, ROOMS, STORE

log = logging.getLogger("coach.web")

PING_SECONDS = 3.0


async def get_healthz(_request: web.Request) -> web.Response:
    """The process lives."""
    return web.json_response({"status": "ok"})


async def get_readyz(request: web.Request) -> web.Response:
    """200 when worker, LiveKit and store are there and this process is to stay; else 503 that
    names what is missing. Workers that run elsewhere answer for themselves.
    """
    app = request.app
    livekit, store = await asyncio.gather(_answers(app[ROOMS].ping()), _answers(app[STORE].ping()))
    checks = {"livekit": livekit, "store": store}
    if (worker_ready := app[CONFIG].worker_ready) is not None:
        checks = {"worker": worker_ready(), **checks}
    ready = all(checks.values()) and not app[CONFIG].draining()
    body = {"status": "ready" if ready else "not ready", "checks": checks}
    return web.json_response(body, status=200 if ready else 503)


async def _answers(ping: Awaitable[None]) -> bool:
    try:
        async with asyncio.timeout(PING_SECONDS):
            await ping
    except (TwirpError, ClientError, SQLAlchemyError, TimeoutError, OSError) as error:
        log.warning("Readiness check failed", extra={"error": type(error).__name__})
        return False
    return True
