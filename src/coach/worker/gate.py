"""The one decision on whether the partner may be heard. Pure: facts in, decision out."""

from dataclasses import dataclass
from typing import Literal

Microphone = Literal["none", "muted", "coming", "live"]
Listening = Literal["continuous", "push"]
PARTNER, FACILITATOR = "partner", "facilitator"

_DEAF: dict[Microphone, str] = {
    "none": "partner_muted",
    "muted": "partner_muted",
    "coming": "microphone_coming",
    "live": "",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the room and of both people's wishes; `held`: the facilitator, who is here,
    holds the key to listen; `limit` is the one that has ended
    the coach's part, if any.
    """

    partner_present: bool = False
    consent: str = ""
    paused_by: frozenset[str] = frozenset()
    microphone: Microphone = "none"
    listening: Listening = "continuous"
    held: bool = False
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """`hear`: subscribe to the microphone. `state` and `reason` are for the facilitator's status,
    `public` is the `coach.state` attribute that both people may see.
    """

    hear: bool
    state: str
    reason: str
    public: str

    @property
    def hints(self) -> bool:
        """Whether hints may be shown: also, in push-to-listen, on what was said before the key
        was released.
        """
        return self.hear or self.reason == "push_released"


def decide(facts: Facts) -> Decision:
    """Hear only a partner who is here, has agreed and isn't paused by anyone."""
    if facts.consent in ("declined", "withdrawn"):
        reason = "consent_withdrawn" if facts.consent == "withdrawn" else "no_consent"
        return Decision(False, "stopped", reason, "stopped")
    if facts.limit:
        return Decision(False, "stopped", facts.limit, "stopped")
    if not facts.partner_present:
        return Decision(False, "waiting_for_partner", "", "waiting_for_consent")
    if facts.consent != "granted":
        return Decision(False, "waiting_for_consent", "no_consent", "waiting_for_consent")
    if facts.paused_by:
        who = PARTNER if PARTNER in facts.paused_by else FACILITATOR
        return Decision(False, "paused", f"paused_by_{who}", "paused")
    if facts.listening == "push" and not facts.held:
        return Decision(False, "paused", "push_released", "paused")
    return Decision(True, "listening", _DEAF[facts.microphone], "listening")
