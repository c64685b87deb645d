"""Limits on how often one visitor may ask.

Where asking is guessing, or costly, all web apps on a store count together. Beyond that each of
them guards itself, and the store, against floods: that count stays in its memory.
"""

import hashlib
import hmac
import math

from aiohttp import web

from coach.store import Store
from coach.store.clock import now_ms
from coach.web.keys import CONFIG, SETTINGS
from coach.web.limits import Limit, Limiter
from coach.web.replies import ApiError, Handler

EVERYTHING = "/api/"
FLOOD = Limit(burst=300, seconds=0.2)
TRIES = {
    "/api/sign-in": Limit(burst=10, seconds=6.0),
    "/api/token": Limit(burst=30, seconds=2.0),
    "/api/privacy-check": Limit(burst=3, seconds=60.0),
}


class Door:
    """Tells visitors how long to wait. The store knows them by a hash of their address alone."""

    def __init__(self, store: Store, api_secret: str) -> None:
        self._floods = Limiter(FLOOD)
        self._store = store
        self._key = hmac.new(api_secret.encode(), b"coach visitors v1", hashlib.sha256).digest()

    async def wait_seconds(self, method: str, path: str, visitor: str) -> float:
        """Count one request; 0 when it may pass, else how long to wait."""
        flooding = self._floods.wait_seconds(visitor)
        limit = TRIES.get(path) if method == "POST" else None
        if flooding or limit is None:
            return flooding
        name = hmac.new(self._key, f"{path} {visitor}".encode(), hashlib.sha256).hexdigest()
        every_ms = round(limit.seconds * 1000)
        wait = self._store.limits.wait_ms
        return await wait(name, now_ms(), burst=limit.burst, every_ms=every_ms) / 1000


DOOR = web.AppKey("door", Door)


@web.middleware
async def limit_visitors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse with 429 who asks too often; open access answers this machine alone, without limit."""
    if request.app[CONFIG].open_access or not request.path.startswith(EVERYTHING):
        return await handler(request)
    door = request.app[DOOR]
    wait = await door.wait_seconds(request.method, request.path, address(request))
    if not wait:
        return await handler(request)
    response = ApiError(429, "too_many_requests", "Too many tries. Wait a bit.").response()
    response.headers["Retry-After"] = str(math.ceil(wait))
    return response


def address(request: web.Request) -> str:
    """Where the request comes from, in the proxy's word when there is one."""
    header = request.app[SETTINGS].coach_client_address_header
    return (request.headers.get(header) if header else None) or request.remote or ""
