"""Who may enter: LiveKit's token endpoint convention, with our seats."""

from datetime import timedelta
from typing import Annotated

from aiohttp import web
from livekit import api
from pydantic import BaseModel, Field

from coach.protocol import ATTRIBUTE_CONSENT, ATTRIBUTE_SEAT, entry_mark
from coach.store.clock import now_ms
from coach.web.entry import invited_seat, seat_of
from coach.web.keys import CONFIG, ROOMS, SEATS, SETTINGS, STORE
from coach.web.monitoring import METRICS
from coach.web.replies import ApiError, read_body
from coach.web.seats import Seat

TOKEN_LIFE = timedelta(minutes=10)
SOURCES = ["camera", "microphone", "screen_share", "screen_share_audio"]

Name = Annotated[str, Field(max_length=128)]


class TokenRequest(BaseModel):
    """The fields of LiveKit's convention that a seat may use; others are ignored."""

    room_name: Name | None = None
    participant_identity: Name | None = None
    participant_name: Name | None = None


async def post_token(request: web.Request) -> web.Response:
    """A token to join with, good for minutes, and a seat for this app's own API."""
    app = request.app
    wanted = await read_body(request, TokenRequest)
    seat = await invited_seat(request, wanted.room_name, wanted.participant_identity)
    if seat:
        await app[ROOMS].prepare(seat.room)
    else:
        seat = await _open_seat(app, wanted)
    await app[ROOMS].ensure_coach(seat.room, seat.session_id)
    body = {
        "server_url": app[SETTINGS].livekit_url,
        "participant_token": await _token(app, seat, wanted.participant_name or ""),
        "session_id": seat.session_id,
        "seat": app[SEATS].issue(seat),
    }
    return web.json_response(body, status=201)


async def post_coach(request: web.Request) -> web.Response:
    """Ask for a coach when the page misses one; never brings a second.

    Only the facilitator hears the heartbeat, so only the facilitator can miss it.
    """
    app = request.app
    seat = await seat_of(request)
    if not await app[ROOMS].exists(seat.room):
        return web.json_response({"state": "waiting"})
    missed = seat.identity == app[SETTINGS].facilitator_id
    state = await app[ROOMS].ensure_coach(seat.room, seat.session_id, missed=missed)
    if missed:
        app[METRICS].missed.labels(state).inc()
    return web.json_response({"state": state})


async def _open_seat(app: web.Application, wanted: TokenRequest) -> Seat:
    """A seat of the default room, for whoever is on this machine."""
    if not app[CONFIG].open_access:
        raise ApiError(401, "invitation_missing", "This needs a link that is valid.")
    settings = app[SETTINGS]
    room = wanted.room_name or settings.coach_room
    identity = wanted.participant_identity or settings.partner_id
    if room != settings.coach_room:
        raise ApiError(403, "unknown_room", "Only the default room is open here.")
    if identity not in (settings.partner_id, settings.facilitator_id):
        raise ApiError(403, "unknown_identity", "Only the two seats of the room are open here.")
    return Seat(room, identity, await _session(app, room))


async def _session(app: web.Application, room: str) -> str:
    """The session that runs in the room; the one of a room that is gone ends first."""
    running = await app[STORE].sessions.running(room)
    if running and await app[ROOMS].exists(room):
        return running
    if running:
        await app[STORE].sessions.end(running)
    await app[ROOMS].prepare(room)
    return await app[STORE].sessions.begin(room)


async def _token(app: web.Application, seat: Seat, name: str) -> str:
    settings = app[SETTINGS]
    if settings.livekit_api_key is None or settings.livekit_api_secret is None:
        raise ApiError(503, "livekit_unconfigured", "The call server is not set up.")
    token = (
        api.AccessToken(settings.livekit_api_key, settings.livekit_api_secret.get_secret_value())
        .with_identity(seat.identity)
        .with_name(name or seat.identity)
        .with_ttl(TOKEN_LIFE)
        .with_grants(
            api.VideoGrants(
                room_join=True,
                room=seat.room,
                can_publish=True,
                can_publish_sources=SOURCES,
                can_subscribe=True,
                can_publish_data=True,
                can_update_own_metadata=False,
            )
        )
    )
    return token.with_attributes(await _attributes(app, seat)).to_jwt()


async def _attributes(app: web.Application, seat: Seat) -> dict[str, str]:
    """What the server says of this person: which seat, since when, and the partner's consent."""
    attributes = {}
    if seat.seat_id:
        attributes[ATTRIBUTE_SEAT] = entry_mark(seat.seat_id, now_ms())
    consent = await app[STORE].consents.current(seat.session_id, seat.identity)
    if seat.identity == app[SETTINGS].partner_id and consent:
        attributes[ATTRIBUTE_CONSENT] = consent
    return attributes
