"""Cookies that no script reads and no other site can send."""

from aiohttp import web

from coach.settings import Settings
from coach.web.keys import SETTINGS


def read_cookie(request: web.Request, name: str) -> str:
    """The value of our cookie; empty when there is none."""
    return request.cookies.get(_full_name(request.app[SETTINGS], name), "")


def set_cookie(
    request: web.Request, response: web.StreamResponse, name: str, value: str, seconds: int
) -> None:
    """Give the browser a value to send back to this site alone; 0 seconds takes it away."""
    settings = request.app[SETTINGS]
    response.set_cookie(
        _full_name(settings, name),
        value,
        max_age=seconds,
        path="/",
        secure=is_https(settings),
        httponly=True,
        samesite="Strict",
    )


def is_https(settings: Settings) -> bool:
    """Whether people reach this app by https."""
    return (settings.coach_public_url or "").startswith("https://")


def _full_name(settings: Settings, name: str) -> str:
    """Browsers keep the prefix for cookies of this host alone, set over https."""
    return f"__Host-coach-{name}" if is_https(settings) else f"coach-{name}"
