"""A practice's prompt: front matter for what code obeys, the text for what the model obeys."""

import dataclasses
import difflib
from dataclasses import dataclass, field
from typing import Any, get_args

import yaml

from coach.hints.events import Section

MAX_CHARACTERS = 8000
"""The longest prompt text accepted: it is sent with every request."""
_KEYS = ("name", "title", "sections", "limits")


class PromptError(ValueError):
    """A prompt that can't be used; the message is one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Most words in a section, most follow-ups in a hint, and how many first hints of a session
    may carry a reminder.
    """

    summary: int = 30
    suggestion: int = 18
    follow_up: int = 14
    reminder: int = 18
    follow_ups: int = 2
    reminders: int = 3

    def words(self, section: Section) -> int:
        """The most words that `section` may have."""
        return int(getattr(self, section))


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a practice asks of the model."""

    name: str
    title: str
    body: str
    sections: tuple[Section, ...] = get_args(Section)
    limits: Limits = field(default_factory=Limits)


def load(text: str) -> Prompt:
    """Read a prompt; plain text without front matter takes every default.

    Raises PromptError.
    """
    header, body = _split(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    if not body:
        raise PromptError("the prompt has no text")
    if len(body) > MAX_CHARACTERS:
        raise PromptError(f"the prompt has {len(body)} characters, {MAX_CHARACTERS} are allowed")
    if "\x00" in body:
        raise PromptError("the prompt holds a NUL character")
    matter = _matter(header) if header is not None else {}
    _known(matter, _KEYS, "front matter")
    name = _line(matter, "name", "custom")
    return Prompt(
        name=name,
        title=_line(matter, "title", name),
        body=body,
        sections=_sections(matter.get("sections")),
        limits=_limits(matter.get("limits")),
    )


def check(text: str) -> Prompt:
    """Read a prompt file that is to be kept: it must say its name and title.

    Raises PromptError.
    """
    prompt = load(text)
    header, _ = _split(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    if header is None:
        raise PromptError("the front matter is missing: begin with a line ---, name, title, ---")
    missing = [key for key in ("name", "title") if key not in _matter(header)]
    if missing:
        raise PromptError(f"the front matter lacks {' and '.join(missing)}")
    return prompt


def _split(text: str) -> tuple[str | None, str]:
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, text.strip()
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]).strip()
    raise PromptError("the front matter is not closed by a line ---")


def _matter(header: str) -> dict[str, Any]:
    try:
        matter = yaml.safe_load(header)
    except yaml.YAMLError:
        raise PromptError("the front matter is not valid YAML") from None
    if matter is None:
        return {}
    if not isinstance(matter, dict):
        raise PromptError("the front matter must be `key: value` lines")
    return {str(key): value for key, value in matter.items()}


def _known(keys: dict[str, Any], allowed: tuple[str, ...], where: str) -> None:
    for key in keys:
        if key not in allowed:
            nearest = difflib.get_close_matches(key, allowed, n=1, cutoff=0.0)[0]
            raise PromptError(f"unknown key {key} in the {where}: did you mean {nearest}?")


def _line(matter: dict[str, Any], key: str, default: str) -> str:
    value = matter.get(key, default)
    if not isinstance(value, str) or not value.strip() or "\n" in value.strip():
        raise PromptError(f"{key} must be one line of text")
    return value.strip()


def _sections(value: object) -> tuple[Section, ...]:
    known: tuple[Section, ...] = get_args(Section)
    if value is None:
        return known
    if not isinstance(value, list) or not value:
        raise PromptError(f"sections must be a list of {', '.join(known)}")
    wrong = [name for name in value if name not in known]
    if wrong:
        raise PromptError(f"unknown section {wrong[0]}: there are {', '.join(known)}")
    if "suggestion" not in value and "follow_up" not in value:
        raise PromptError("sections must hold suggestion or follow_up")
    return tuple(section for section in known if section in value)


def _limits(value: object) -> Limits:
    if value is None:
        return Limits()
    if not isinstance(value, dict):
        raise PromptError("limits must be `name: number` lines")
    given = {str(key): number for key, number in value.items()}
    _known(given, tuple(limit.name for limit in dataclasses.fields(Limits)), "limits")
    for key, number in given.items():
        lowest = 0 if key == "reminders" else 1
        highest = 3 if key in ("follow_ups", "reminders") else 60
        if isinstance(number, bool) or not isinstance(number, int):
            raise PromptError(f"limit {key} must be a whole number")
        if not lowest <= number <= highest:
            raise PromptError(f"limit {key} must be from {lowest} to {highest}")
    return Limits(**given)
