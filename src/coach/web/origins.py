"""Which web pages may talk to this app."""

from urllib.parse import SplitResult, urlsplit

from aiohttp import web

from coach.web.keys import CONFIG
from coach.web.replies import ApiError, Handler

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_CORS = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}


@web.middleware
async def check_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other sites' pages, and in open access every name that isn't this machine's.

    In open access a front end on another port of this machine may use the API.
    """
    open_access = request.app[CONFIG].open_access
    host = _parts(f"//{request.host}").hostname
    if open_access and host not in LOOPBACK:
        return ApiError(
            403, "not_this_machine", "Open access answers on this machine only."
        ).response()
    origin = request.headers.get("Origin")
    if origin is None or _parts(origin).netloc == request.host:
        return await handler(request)
    if not open_access or _parts(origin).hostname not in LOOPBACK:
        return ApiError(403, "other_origin", "Requests from other sites are refused.").response()
    response = web.Response(status=204) if request.method == "OPTIONS" else await handler(request)
    response.headers.update({"Access-Control-Allow-Origin": origin, "Vary": "Origin", **_CORS})
    return response


def _parts(url: str) -> SplitResult:
    """The parts of an address from outside; none when it is malformed."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
