"""Limits on how often one visitor may knock, where knocking is how one guesses."""

import math

from aiohttp import web

from coach.web.keys import CONFIG, LIMITERS, SETTINGS
from coach.web.limits import Limit, Limiter
from coach.web.replies import ApiError, Handler

EVERYTHING = "/api/"
LIMITS = {
    "/api/sign-in": Limit(burst=10, seconds=6.0),
    "/api/token": Limit(burst=30, seconds=2.0),
    "/api/privacy-check": Limit(burst=3, seconds=60.0),
    EVERYTHING: Limit(burst=300, seconds=0.2),
}


def new_limiters() -> dict[str, Limiter]:
    """One limiter a limit, empty."""
    return {path: Limiter(limit) for path, limit in LIMITS.items()}


@web.middleware
async def limit_visitors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse with 429 who asks too often; open access answers this machine alone, without limit."""
    if request.app[CONFIG].open_access or not request.path.startswith(EVERYTHING):
        return await handler(request)
    visitor = _address(request)
    limiters = request.app[LIMITERS]
    knocks = request.path in limiters and request.method == "POST"
    for path in (request.path, EVERYTHING) if knocks else (EVERYTHING,):
        wait = limiters[path].wait_seconds(visitor)
        if wait:
            response = ApiError(429, "too_many_requests", "Too many tries. Wait a bit.").response()
            response.headers["Retry-After"] = str(math.ceil(wait))
            return response
    return await handler(request)


def _address(request: web.Request) -> str:
    """Where the request comes from, in the proxy's word when there is one."""
    header = request.app[SETTINGS].coach_client_address_header
    return (request.headers.get(header) if header else None) or request.remote or ""
