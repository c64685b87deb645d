"""Whose request it is: a seat that is claimed with its link, and then held."""

from aiohttp import web

from coach.store.seats import HeldSeat, waiting_code
from coach.web.devices import browser_key
from coach.web.keys import CONFIG, SEATS, SETTINGS, STORE
from coach.web.replies import ApiError
from coach.web.seats import Seat

REFUSALS = {
    "expired": ("invitation_expired", "This link has expired. Ask for a new one."),
    "revoked": ("invitation_revoked", "This link was withdrawn. Ask for a new one."),
    "ended": ("session_ended", "This session has ended."),
    "valid": ("invitation_invalid", "This link is not valid. Ask for a new one."),
}


def bearer_of(request: web.Request) -> str:
    """The request's bearer secret; empty when there is none."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


async def seat_of(request: web.Request) -> Seat:
    """The seat of who asks, which must still be this browser's. Raises ApiError 401."""
    app = request.app
    proof = bearer_of(request)
    if not proof:
        raise ApiError(401, "seat_missing", "This needs a place in the session.")
    seat = app[SEATS].check(proof)
    if not await _holds(request, seat):
        raise ApiError(401, "seat_ended", "Your place here has ended. Ask for a new link.")
    return seat


async def _holds(request: web.Request, seat: Seat) -> bool:
    if not seat.seat_id:
        return request.app[CONFIG].open_access
    return await request.app[STORE].seats.holder(seat.seat_id, browser_key(request)) is not None


async def invited_seat(request: web.Request, room: str | None, identity: str | None) -> Seat | None:
    """The seat of the link that the request brings, claimed for this browser; None when it brings
    none that is known. `room` and `identity` are what the page wants, when it says so.

    Raises ApiError 401 for a link that no longer holds, 403 for one to another room or seat, and
    409 when another browser holds the seat: the facilitator may admit this one.
    """
    seats = request.app[STORE].seats
    secret = bearer_of(request)
    found = await seats.find(secret) if secret else None
    if found is None:
        return None
    seat = Seat(found.room, identity_of(request.app, found), found.session_id, found.seat_id)
    if room not in (None, "", seat.room):
        raise ApiError(403, "unknown_room", "This invitation is for another room.")
    if identity not in (None, "", seat.identity):
        raise ApiError(403, "unknown_identity", "This invitation is for another seat.")
    key = browser_key(request)
    claim = await seats.claim(found.seat_id, key)
    if claim == "refused":
        raise ApiError(401, *REFUSALS[found.standing])
    if claim == "taken":
        raise ApiError(
            409,
            "seat_taken",
            "This link is in use on another device. Your facilitator can admit this one. "
            f"Its code: {waiting_code(key)}",
        )
    return seat


def identity_of(app: web.Application, seat: HeldSeat) -> str:
    """The identity in the room of who holds this seat."""
    settings = app[SETTINGS]
    return settings.partner_id if seat.role == "partner" else settings.facilitator_id
