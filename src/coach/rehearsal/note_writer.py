"""The note on a session by rule: the parts and feelings that were named, and how it ended."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from coach.rehearsal.lexicon import FEELINGS
from coach.rehearsal.noticing import Noticed, notice
from coach.rehearsal.reflection import turned

_MARK = "(used)"
_MOST = 4


def is_wanted(messages: Sequence[dict[str, Any]]) -> bool:
    """Whether the request is for a note rather than a hint."""
    return any("THEMES:" in str(one.get("content")) for one in messages if one["role"] == "system")


def note(messages: Sequence[dict[str, Any]]) -> str:
    """The note in the form that the model is asked for."""
    text = "\n".join(str(one.get("content")) for one in messages if one["role"] == "user")
    said, _, given = text.partition("\nHints given:")
    turns = _quotes(said)
    noticed = [notice(turn) for turn in turns]
    return "\n".join(
        (
            f"THEMES: {_line(_themes(noticed))}",
            f"PARTS: {_line(_most(part for one in noticed for part in one.parts))}",
            f"HELPED: {_line(_helped(_quotes(given)))}",
            f"OPEN: {_line(_open(turns))}",
        )
    )


def _quotes(text: str) -> list[str]:
    return [str(json.loads(line)) for line in text.splitlines() if line.startswith('"')]


def _themes(noticed: Iterable[Noticed]) -> list[str]:
    found: list[str] = []
    for one in noticed:
        found += [FEELINGS[feeling] for feeling in one.feelings]
        found += [f"their {person}" for person in (one.person,) if person]
    return _most(found)


def _helped(hints: Iterable[str]) -> list[str]:
    return [hint.removesuffix(_MARK).strip() for hint in hints if hint.endswith(_MARK)][:_MOST]


def _open(turns: Sequence[str]) -> list[str]:
    return [f"they ended with: {turned(turns[-1]).rstrip('.')}"] if turns else []


def _most(found: Iterable[str]) -> list[str]:
    return [thing for thing, _ in Counter(found).most_common(_MOST)]


def _line(items: Sequence[str]) -> str:
    return " | ".join(items) or "-"
