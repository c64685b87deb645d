"""How wordings are written down.

Patterns see one clause at a time, in lower case with plain apostrophes. One stands on each line,
and goes on in lines that are indented deeper; every plain parenthesis only groups.
"""

import re
from dataclasses import dataclass
from typing import Literal

from coach.hints.wordlists import grouped

Rule = Literal["suicide", "self_harm", "harm_to_others", "danger"]


@dataclass(frozen=True)
class Wordings:
    """One language's patterns by rule.

    `hinted` wordings are common in everyday talk: only two different ones together count. `denied`
    before a wording takes it back, unless what it stands in is `affirmed`; `told` marks a question
    that was asked or a thing that nearly was.
    """

    risks: dict[Rule, tuple[re.Pattern[str], ...]]
    hinted: tuple[re.Pattern[str], ...]
    denied: re.Pattern[str] | None
    affirmed: re.Pattern[str] | None = None


def patterns(text: str, **parts: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of `text`; `<name>` stands for a part given by that name."""
    return tuple(re.compile(_filled(line, parts)) for line in _lines(text))


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    margin = min(len(line) - len(line.lstrip()) for line in text.split("\n")[1:] if line.strip())
    for line in filter(str.strip, text.split("\n")):
        deeper = len(line) - len(line.lstrip()) > margin
        if deeper and lines:
            lines[-1] += line.strip()
        else:
            lines.append(line.strip())
    return lines


def _filled(line: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        line = line.replace(f"<{name}>", f"({part})")
    return r"(?<!\w)(?:" + grouped(line) + ")"
