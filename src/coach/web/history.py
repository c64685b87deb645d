"""Hints that a page missed."""

from dataclasses import asdict
from typing import Any

from aiohttp import web

from coach.store import StoredHint
from coach.web.entry import seat_of
from coach.web.keys import SETTINGS, STORE
from coach.web.replies import ApiError


async def get_hints(request: web.Request) -> web.Response:
    """The complete hints of the facilitator's own session after a sequence number."""
    app = request.app
    seat = await seat_of(request)
    if seat.identity != app[SETTINGS].facilitator_id:
        raise ApiError(403, "not_the_facilitator", "Hints are for the facilitator alone.")
    if seat.session_id != request.match_info["session_id"]:
        raise ApiError(404, "unknown_session", "There is no such session for this seat.")
    hints = await app[STORE].hints.after(seat.session_id, _after(request))
    await app[STORE].audit.note(seat.session_id, seat.seat_id or seat.identity, "read hints")
    return web.json_response({"hints": [_public(hint) for hint in hints]})


def _after(request: web.Request) -> int:
    value = request.query.get("after", "0")
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise ApiError(400, "bad_request", "The request is not understood: check after.")
    return int(value)


def _public(hint: StoredHint) -> dict[str, Any]:
    fields = asdict(hint)
    del fields["session_id"]
    return fields
