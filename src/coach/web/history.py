"""What a facilitator's page fetches after a reload: hints that it missed, and the note."""

import json
from dataclasses import asdict
from typing import Any

from aiohttp import web

from coach.store import StoredHint
from coach.web.entry import seat_of
from coach.web.keys import SETTINGS, STORE
from coach.web.replies import ApiError
from coach.web.seats import Seat


async def get_hints(request: web.Request) -> web.Response:
    """The complete hints of the facilitator's own session after a sequence number."""
    seat = await _facilitators_seat(request)
    hints = await request.app[STORE].hints.after(seat.session_id, _after(request))
    await _note(request, seat, "read hints")
    return web.json_response({"hints": [_public(hint) for hint in hints]})


async def get_note(request: web.Request) -> web.Response:
    """The note that the coach wrote and nobody has taken or declined yet."""
    seat = await _facilitators_seat(request)
    kept = await request.app[STORE].summaries.of(seat.session_id)
    if kept is None:
        return web.json_response({"items": None})
    await _note(request, seat, "read note")
    return web.json_response({"items": json.loads(kept)})


async def delete_note(request: web.Request) -> web.Response:
    """The note was taken or declined: erase it here."""
    seat = await _facilitators_seat(request)
    erased = await request.app[STORE].erasure.erase_note(seat.session_id)
    if erased:
        await _note(request, seat, "erased note")
    return web.json_response({"erased": erased})


async def _facilitators_seat(request: web.Request) -> Seat:
    """The seat of who asks, in the session that the path names. Raises ApiError."""
    seat = await seat_of(request)
    if seat.identity != request.app[SETTINGS].facilitator_id:
        raise ApiError(403, "not_the_facilitator", "This is for the facilitator alone.")
    if seat.session_id != request.match_info["session_id"]:
        raise ApiError(404, "unknown_session", "There is no such session for this seat.")
    return seat


async def _note(request: web.Request, seat: Seat, action: str) -> None:
    await request.app[STORE].audit.note(seat.session_id, seat.seat_id or seat.identity, action)


def _after(request: web.Request) -> int:
    value = request.query.get("after", "0")
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise ApiError(400, "bad_request", "The request is not understood: check after.")
    return int(value)


def _public(hint: StoredHint) -> dict[str, Any]:
    fields = asdict(hint)
    del fields["session_id"]
    return fields
