"""What the partner is asked to agree to, and the answer."""

import functools
import hashlib
import json
from dataclasses import asdict, dataclass
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
    "alone; here it is deleted once they have it, and with the text at the latest.",
    "No sound is stored. The text is deleted when the session ends{unless}. What stays are figures "
    "without words, such as how long the session took and how much of it you spoke; stopping the "
    "coach deletes them.",
    "You can pause the coach with one click, or stop it for good, at any time. The call goes on "
    "without it.",
)
UNLESS = ", unless you allow below that it is kept"
KEEPING = (
    "Keep the text of my words and the hints for {days} days, so that my facilitator can read them "
    "again."
)


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What is shown. `keeping` is a second question, empty where nothing can be kept."""

    title: str
    paragraphs: tuple[str, ...]
    keeping: str

    @classmethod
    def of(cls, retention_days: int) -> "ConsentText":
        """The text where words may be kept for so many days; 0: not at all."""
        unless = UNLESS if retention_days else ""
        paragraphs = tuple(one.replace("{unless}", unless) for one in PARAGRAPHS)
        keeping = KEEPING.format(days=retention_days) if retention_days else ""
        return cls(TITLE, paragraphs, keeping)

    @property
    def hash(self) -> str:
        """SHA-256 over all of it."""
        whole = [self.title, *self.paragraphs, *filter(None, (self.keeping,))]
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()

    @property
    def version(self) -> str:
        """By which an answer says what it answers."""
        return self.hash[:12]


class Answer(BaseModel):
    """The partner's answer to the text of this version; no `keep` leaves that answer as it is."""

    agreed: bool
    keep: bool | None = None
    version: Annotated[str, Field(min_length=1, max_length=40)]


async def get_consent(request: web.Request) -> web.Response:
    """The current text and its version."""
    shown = ConsentText.of(request.app[SETTINGS].retention_days)
    return web.json_response({"version": shown.version, **asdict(shown)})


async def post_consent(request: web.Request) -> web.Response:
    """Record the partner's answer and let the worker know at once."""
    app = request.app
    seat = await seat_of(request)
    if seat.identity != app[SETTINGS].partner_id:
        raise ApiError(403, "not_the_partner", "Only the partner can agree to the coach.")
    answer = await read_body(request, Answer)
    shown = ConsentText.of(app[SETTINGS].retention_days)
    if answer.agreed and answer.version != shown.version:
        raise ApiError(409, "consent_outdated", "The text has changed. Please read it again.")
    record = functools.partial(
        app[STORE].consents.record,
        seat.session_id,
        seat.identity,
        version=answer.version,
        text_hash=shown.hash if answer.version == shown.version else "",
        seat_id=seat.seat_id or None,
    )
    keep = answer.keep if answer.agreed else False
    if shown.keeping and keep is not None:
        await record(agreed=keep, purpose="keeping")
    consent = await record(agreed=answer.agreed)
    await app[ROOMS].set_consent(seat.room, seat.identity, consent)
    return web.json_response({"consent": consent})
