"""Facilitators sign in: with the practice's access key, or a token of its OpenID provider."""

import logging

from aiohttp import web

from coach.web.cookies import read_cookie, set_cookie
from coach.web.facilitators import PRACTICE, SIGNED_IN_SECONDS, Proof
from coach.web.keys import CONFIG, SETTINGS, SIGN_IN
from coach.web.replies import ApiError, read_body

log = logging.getLogger("coach.web")

COOKIE = "facilitator"
THIS_MACHINE = "this machine"


async def facilitator_of(request: web.Request) -> str:
    """The signed-in facilitator who asks. Raises ApiError 401."""
    name = await signed_in(request)
    if name is None:
        raise ApiError(401, "not_signed_in", "Sign in first.")
    return name


async def signed_in(request: web.Request) -> str | None:
    """The name of who is signed in; under open access that is everyone on this machine."""
    if request.app[CONFIG].open_access:
        return THIS_MACHINE
    return await request.app[SIGN_IN].check(read_cookie(request, COOKIE))


def sees_everything(facilitator: str) -> bool:
    """Whether the sessions of others are this facilitator's too: the access key and open access
    stand for one practice, not for one person.
    """
    return facilitator in (THIS_MACHINE, PRACTICE)


async def get_sign_in(request: web.Request) -> web.Response:
    """Who is signed in, and the ways to do so."""
    settings = request.app[SETTINGS]
    supabase = {"url": settings.supabase_url, "key": settings.supabase_publishable_key}
    body = {
        "signed_in": await signed_in(request),
        "access_key": settings.coach_access_key is not None,
        "supabase": supabase if settings.supabase_url else None,
    }
    return web.json_response(body)


async def post_sign_in(request: web.Request) -> web.Response:
    """Exchange a proof for a cookie."""
    sign_in = request.app[SIGN_IN]
    name = await sign_in.prove(await read_body(request, Proof))
    response = web.json_response({"signed_in": name})
    set_cookie(request, response, COOKIE, sign_in.issue(name), SIGNED_IN_SECONDS)
    log.info("Facilitator signed in")
    return response


async def post_sign_out(request: web.Request) -> web.Response:
    """End the stay here and on the server."""
    await request.app[SIGN_IN].end(read_cookie(request, COOKIE))
    response = web.json_response({"signed_in": None})
    set_cookie(request, response, COOKIE, "", 0)
    return response
