"""Names on the wire, shared by web app and worker; docs/protocol.md explains them."""

import json

AGENT_NAME = "coach"

TOPIC_HINTS = "coach.hints"
TOPIC_STATUS = "coach.status"
TOPIC_CAPTIONS = "coach.captions"

ATTRIBUTE_CONSENT = "coach.consent"
ATTRIBUTE_STATE = "coach.state"

PROTOCOL_VERSION = "1"


def fence_of(metadata: str) -> int:
    """The fencing number in a dispatch's metadata; 0 for a dispatch by other hands."""
    try:
        number = json.loads(metadata or "{}").get("fence", 0)
    except (ValueError, AttributeError):
        return 0
    return number if isinstance(number, int) else 0
