"""Names on the wire, shared by web app and worker; docs/protocol.md explains them."""

import json

AGENT_NAME = "coach"

TOPIC_HINTS = "coach.hints"
TOPIC_STATUS = "coach.status"
TOPIC_CAPTIONS = "coach.captions"
TOPIC_NOTICE = "coach.notice"

ATTRIBUTE_CONSENT = "coach.consent"
ATTRIBUTE_STATE = "coach.state"
ATTRIBUTE_SEAT = "coach.seat"

PROTOCOL_VERSION = "1"


def fence_of(metadata: str) -> int:
    """The fencing number in a dispatch's metadata; 0 for a dispatch by other hands."""
    try:
        number = json.loads(metadata or "{}").get("fence", 0)
    except (ValueError, AttributeError):
        return 0
    return number if isinstance(number, int) else 0


def entry_mark(seat_id: str, at: int) -> str:
    """The seat that a token is for, and when it was issued, in milliseconds since the epoch."""
    return f"{seat_id}.{at}"


def read_entry_mark(mark: str) -> tuple[str, int]:
    """Seat and time of an `entry_mark`; of anything else no seat."""
    seat_id, _, at = mark.rpartition(".")
    return (seat_id, int(at)) if at.isascii() and at.isdigit() else ("", 0)
