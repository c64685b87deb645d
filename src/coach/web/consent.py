"""What the partner is asked to agree to, and the answer."""

import hashlib
import json
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, Field

from coach.web.entry import seat_of
from coach.web.keys import ROOMS, SETTINGS, STORE
from coach.web.replies import ApiError, read_body

TITLE = "An AI coach can listen in"
PARAGRAPHS = (
    "While you talk, a silent AI coach can listen to your microphone, and to nothing else: not "
    "your camera, not your screen, not the other person.",
    "Your words are turned into text by a speech service and read by a language model. From "
    "them the coach writes short hints that only your facilitator sees. It never speaks.",
    "Your facilitator may switch on live captions of your words, for their own eyes.",
    "Before the session ends your facilitator may ask for a short note on it, which goes to them "
    "alone and is not kept here.",
    "No sound is stored. The text is deleted when the session ends.",
    "You can pause the coach with one click, or stop it for good, at any time. The call goes on "
    "without it.",
)
TEXT_HASH = hashlib.sha256(json.dumps([TITLE, *PARAGRAPHS]).encode()).hexdigest()
VERSION = TEXT_HASH[:12]


class Answer(BaseModel):
    """The partner's answer to the text of this version."""

    agreed: bool
    version: Annotated[str, Field(min_length=1, max_length=40)]


async def get_consent(_request: web.Request) -> web.Response:
    """The current text and its version."""
    return web.json_response({"version": VERSION, "title": TITLE, "paragraphs": PARAGRAPHS})


async def post_consent(request: web.Request) -> web.Response:
    """Record the partner's answer and let the worker know at once."""
    app = request.app
    seat = await seat_of(request)
    if seat.identity != app[SETTINGS].partner_id:
        raise ApiError(403, "not_the_partner", "Only the partner can agree to the coach.")
    answer = await read_body(request, Answer)
    if answer.agreed and answer.version != VERSION:
        raise ApiError(409, "consent_outdated", "The text has changed. Please read it again.")
    consent = await app[STORE].consents.record(
        seat.session_id,
        seat.identity,
        agreed=answer.agreed,
        version=answer.version,
        text_hash=TEXT_HASH if answer.version == VERSION else "",
        seat_id=seat.seat_id or None,
    )
    await app[ROOMS].set_consent(seat.room, seat.identity, consent)
    return web.json_response({"consent": consent})
