"""Names on the wire, shared by web app and worker; docs/protocol.md explains them."""

AGENT_NAME = "coach"

TOPIC_HINTS = "coach.hints"
TOPIC_STATUS = "coach.status"
TOPIC_CAPTIONS = "coach.captions"

ATTRIBUTE_CONSENT = "coach.consent"
ATTRIBUTE_STATE = "coach.state"

PROTOCOL_VERSION = "1"
