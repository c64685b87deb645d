"""What a session was about, for the facilitator alone: the request for it and the answer's form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from coach.hints.context import BOUNDARY, language_name, quoted
from coach.hints.events import Message

Heading = Literal["themes", "parts", "helped", "open"]
HEADINGS: dict[Heading, str] = {
    "themes": "what the session was about",
    "parts": "the parts that showed themselves, named only as the partner named them",
    "helped": "which of the hints given the facilitator marked as used, and what came after",
    "open": "what was left open and could be met next time",
}
MAX_TOKENS = 500

_ITEMS, _ITEM_CHARACTERS = 5, 240
_SAID_CHARACTERS = 40_000
_LINE = re.compile(r"^\W*(themes|parts|helped|open)\W*[:：]\W*(.*)$", re.IGNORECASE)
_SYSTEM = (
    "You write a private note for the facilitator of a peer session, after the partner has "
    "spoken. Plain, warm, brief. Keep to what was said, in the partner's own words for their "
    "inner world; no diagnosis, no interpretation, no advice, nothing about the facilitator's "
    "performance. Leave out names of people and places."
)


@dataclass(frozen=True, slots=True)
class GivenHint:
    """A hint of the session and what the facilitator said of it; "" when nothing."""

    text: str
    verdict: str


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """At most five short items under each heading."""

    items: dict[Heading, list[str]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether the answer held nothing in the wanted form."""
        return not any(self.items.values())


def request(
    turns: Sequence[str], hints: Sequence[GivenHint], language: str
) -> tuple[Message, Message]:
    """The request: rules as system, the session as quoted data; of a very long one its end."""
    said = _latest(turns)
    marked = [quoted(f"{hint.text} ({hint.verdict or 'no mark'})") for hint in hints]
    blocks = ["What the partner said, in order:", *said, "Hints given:", *marked]
    return Message("system", _rules(language)), Message("user", "\n".join(blocks))


def parse(answer: str) -> SessionSummary:
    """The items by heading; what has no heading is left out."""
    items: dict[Heading, list[str]] = {heading: [] for heading in HEADINGS}
    for line in answer.splitlines():
        found = _LINE.match(line.strip())
        if found:
            heading = next(name for name in HEADINGS if name == found[1].lower())
            items[heading] += _items(found[2])
    return SessionSummary({heading: texts[:_ITEMS] for heading, texts in items.items()})


def _rules(language: str) -> str:
    form = "\n".join(f"{name.upper()}: {what}" for name, what in HEADINGS.items())
    return (
        f"{_SYSTEM}\n\nAnswer with exactly these lines and nothing else, the labels in English "
        f"capitals, the text in {language_name(language)}, at most {_ITEMS} short items a line, "
        f"separated by |, and a single - where there is nothing:\n{form}\n\n{BOUNDARY}"
    )


def _latest(turns: Sequence[str]) -> list[str]:
    kept: list[str] = []
    left = _SAID_CHARACTERS
    for turn in reversed(turns):
        left -= len(turn)
        if left < 0:
            break
        kept.append(quoted(turn))
    return kept[::-1]


def _items(text: str) -> list[str]:
    found = (" ".join(item.split()).strip("-–— ")[:_ITEM_CHARACTERS] for item in text.split("|"))
    return [item for item in found if item]
