"""The partner's words as they are heard, for the facilitator alone, while switched on."""

import json
import logging

from livekit import rtc

from coach.hints.events import Segment
from coach.protocol import TOPIC_CAPTIONS
from coach.tasks import Tasks
from coach.worker.clock import SessionClock
from coach.worker.stream import send_text

log = logging.getLogger("coach.worker")


class Captions:
    """Off until the facilitator switches them on."""

    def __init__(self, room: rtc.Room, facilitator: str, clock: SessionClock, tasks: Tasks) -> None:
        self.on = False
        self._room = room
        self._facilitator = facilitator
        self._clock = clock
        self._tasks = tasks

    def heard(self, segment: Segment) -> None:
        """Send a segment's words when captions are on."""
        if self.on and segment.text:
            self._tasks.start(self._send(segment), "caption")

    async def _send(self, segment: Segment) -> None:
        body = {
            "segment": segment.id,
            "text": segment.text,
            "at": self._clock.epoch_ms(segment.ended),
        }
        text = json.dumps(body, ensure_ascii=False)
        try:
            await send_text(self._room, self._facilitator, TOPIC_CAPTIONS, text)
        except (rtc.StreamError, OSError) as failure:
            log.warning("Caption not sent", extra={"error": type(failure).__name__})
