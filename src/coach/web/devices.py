"""Which browser asks: a random key in a cookie, so that a seat belongs to one of them."""

import secrets

from aiohttp import web

from coach.web.cookies import read_cookie, set_cookie
from coach.web.replies import Handler

COOKIE = "browser"
KEPT_SECONDS = 60 * 24 * 3600
_MIN_CHARACTERS, _MAX_CHARACTERS = 40, 64
_NEW = web.RequestKey("new_browser_key", str)


def browser_key(request: web.Request) -> str:
    """This browser's key; a browser without one gets a new one with the answer."""
    key = read_cookie(request, COOKIE) or str(request.get(_NEW, ""))
    if not _MIN_CHARACTERS <= len(key) <= _MAX_CHARACTERS or not key.isascii():
        key = secrets.token_urlsafe(32)
        request[_NEW] = key
    return key


@web.middleware
async def keep_browser_key(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Send a new key along, with refusals too: who waits to be admitted is known by it."""
    response = await handler(request)
    key = request.get(_NEW)
    if key:
        set_cookie(request, response, COOKIE, key, KEPT_SECONDS)
    return response
