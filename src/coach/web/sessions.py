"""A facilitator's sessions: made, invited to, and ended by the one who made them."""

import json
from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import BaseModel, Field

from coach.store import Store
from coach.store.seats import HeldSeat
from coach.store.sessions import Session
from coach.web.entry import identity_of
from coach.web.invitations import MAX_HOURS, create_session, new_link, owner_of
from coach.web.keys import LIVEKIT, SETTINGS, STORE
from coach.web.presence import people_here
from coach.web.removal import close_room, remove_person
from coach.web.replies import ApiError, read_body
from coach.web.signin import facilitator_of, sees_everything

LISTED = 50


class NewSessionRequest(BaseModel):
    """How long the links open, and a name for the facilitator's own list."""

    hours: Annotated[int, Field(ge=1, le=MAX_HOURS)] = 24
    name: Annotated[str, Field(max_length=80)] = ""


class NewLinkRequest(BaseModel):
    """Whose link."""

    role: Literal["partner", "facilitator"]


class Admission(BaseModel):
    """The code that the waiting device shows."""

    code: Annotated[str, Field(min_length=1, max_length=16)]


async def post_session(request: web.Request) -> web.Response:
    """A new session; its links are in this answer and nowhere else."""
    facilitator = await facilitator_of(request)
    wanted = await read_body(request, NewSessionRequest)
    app = request.app
    made = await create_session(
        app[STORE], _base(request), owner=facilitator, hours=wanted.hours, name=wanted.name
    )
    return web.json_response({"session_id": made.session_id, "links": made.links}, status=201)


async def get_sessions(request: web.Request) -> web.Response:
    """The facilitator's own latest sessions: who holds which seat, who waits for one, who is here
    since when, and the figures.
    """
    facilitator, store = await facilitator_of(request), request.app[STORE]
    latest = await store.sessions.latest(LISTED)
    invited = [session for session in latest if session.expires_at is not None]
    own = [session for session in invited if await _is_of(store, session, facilitator)]
    here = await people_here(request.app, {one.room for one in own if one.state == "open"})
    figures = await store.figures.of([one.session_id for one in own])
    shown = [
        {
            **await _public(request, one),
            "here": None if here is None else here.get(one.room, {}),
            "figures": figures.get(one.session_id),
        }
        for one in own
    ]
    return web.json_response({"sessions": shown})


async def post_link(request: web.Request) -> web.Response:
    """A new link to a seat, in place of the earlier ones."""
    session = await _own_session(request)
    role = (await read_body(request, NewLinkRequest)).role
    if session.state != "open" or session.expires_at is None:
        raise ApiError(409, "session_ended", "This session has ended. Create a new one.")
    store = request.app[STORE]
    for seat in await store.seats.of_session(session.session_id):
        if seat.role == role and seat.standing == "valid":
            await _revoke(request, seat)
    link = await new_link(store, _base(request), session.session_id, role, session.expires_at)
    await _note(request, session, "new link")
    return web.json_response({"link": link}, status=201)


async def post_admit(request: web.Request) -> web.Response:
    """Give a seat to a waiting device, and take it from the one that held it."""
    session, seat = await _own_seat(request)
    code = (await read_body(request, Admission)).code.strip().upper()
    if not await request.app[STORE].seats.admit(seat.seat_id, code):
        raise ApiError(404, "nobody_waits", "No device waits under this code.")
    await remove_person(request.app[LIVEKIT], seat.room, identity_of(request.app, seat))
    await _note(request, session, "admitted")
    return web.json_response(await _public(request, session))


async def post_revoke(request: web.Request) -> web.Response:
    """Withdraw a link and whoever came in by it."""
    session, seat = await _own_seat(request)
    await _revoke(request, seat)
    await _note(request, session, "revoked")
    return web.json_response(await _public(request, session))


async def post_end(request: web.Request) -> web.Response:
    """End the session: the room closes, every link is dead, and the text is erased unless its
    keeping was agreed to.
    """
    session = await _own_session(request)
    erased = await request.app[STORE].sessions.end(session.session_id)
    await close_room(request.app[LIVEKIT], session.room)
    await _note(request, session, "ended")
    return web.json_response({"session_id": session.session_id, "text_erased": erased})


async def get_text(request: web.Request) -> web.Response:
    """What was kept of an ended session: the partner's turns, the hints, and a note that nobody
    took.
    """
    session = await _own_session(request)
    if session.state != "ended":
        raise ApiError(404, "nothing_kept", "Nothing of this session is kept.")
    store = request.app[STORE]
    turns = await store.turns.all(session.session_id)
    hints = await store.hints.after(session.session_id, 0)
    await _note(request, session, "read text")
    shown = [{"card": hint.card, "sections": hint.sections} for hint in hints]
    note = await store.summaries.of(session.session_id)
    body = {
        "turns": list(turns.values()),
        "hints": shown,
        "note": None if note is None else json.loads(note),
    }
    return web.json_response(body)


async def post_erase(request: web.Request) -> web.Response:
    """Erase what was kept of an ended session."""
    session = await _own_session(request)
    if session.state == "open":
        raise ApiError(409, "session_open", "End the session first.")
    await request.app[STORE].erasure.erase(session.session_id, "asked")
    await _note(request, session, "erased")
    return web.json_response({"session_id": session.session_id, "text_erased": True})


def _base(request: web.Request) -> str:
    """The address at which people reach this app: the page's own unless one is set."""
    return request.app[SETTINGS].coach_public_url or f"{request.scheme}://{request.host}"


async def _own_session(request: web.Request) -> Session:
    facilitator, store = await facilitator_of(request), request.app[STORE]
    session = await store.sessions.get(request.match_info["session_id"])
    if session is None or not await _is_of(store, session, facilitator):
        raise ApiError(404, "unknown_session", "There is no such session of yours.")
    return session


async def _own_seat(request: web.Request) -> tuple[Session, HeldSeat]:
    session = await _own_session(request)
    seat = await request.app[STORE].seats.get(request.match_info["seat_id"])
    if seat is None or seat.session_id != session.session_id:
        raise ApiError(404, "unknown_seat", "There is no such seat in this session.")
    return session, seat


async def _is_of(store: Store, session: Session, facilitator: str) -> bool:
    if sees_everything(facilitator):
        return True
    return await owner_of(store, session.session_id) == facilitator


async def _revoke(request: web.Request, seat: HeldSeat) -> None:
    await request.app[STORE].seats.revoke(seat.seat_id)
    await remove_person(request.app[LIVEKIT], seat.room, identity_of(request.app, seat))


async def _note(request: web.Request, session: Session, action: str) -> None:
    facilitator = await facilitator_of(request)
    await request.app[STORE].audit.note(session.session_id, facilitator, action)


async def _public(request: web.Request, session: Session) -> dict[str, Any]:
    seats = request.app[STORE].seats
    waiting = await seats.knocks(session.session_id)
    return {
        "session_id": session.session_id,
        "name": session.name,
        "state": session.state,
        "created_at": session.created_at,
        "expires_at": session.expires_at,
        "seats": [
            {
                "seat_id": seat.seat_id,
                "role": seat.role,
                "standing": seat.standing,
                "claimed_at": seat.claimed_at,
                "waiting": [knock.code for knock in waiting if knock.seat_id == seat.seat_id],
            }
            for seat in await seats.of_session(session.session_id)
        ],
    }
