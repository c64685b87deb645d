"""Hints by rule: the partner's own words given back, with what a peer in IFS could do next."""

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from coach.rehearsal.lexicon import FEELINGS
from coach.rehearsal.noticing import Noticed, notice
from coach.rehearsal.reflection import opened, shortened, turned

THINKING = "(coach is thinking…)"
SUMMARY_WORDS = 22

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_DANGER = re.compile(
    r"\b(?:die|kill\w*|suicid\w*|end my life|hurt(?:ing)? myself|harm\w*)\b", re.IGNORECASE
)
_BLENDED = re.compile(
    rf"^(?:i am|i'm|i feel)(?= (?:(?:so|very|really|just|a bit) )?(?:{'|'.join(FEELINGS)})\b)",
    re.IGNORECASE,
)
_TAILS = ("and that matters", "and it helps to say it", "and it can be here")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model request holds for us: the words to answer, all of it, and the lines wanted."""

    said: str
    everything: str
    reminder: bool


def asked(messages: Sequence[dict[str, Any]]) -> Asked:
    """Read the last user message; what the partner just said is its last line in JSON quotes."""
    system = " ".join(_text(message) for message in messages if message.get("role") == "system")
    users = [_text(message) for message in messages if message.get("role") == "user"]
    last = users[-1] if users else ""
    quotes = [line for line in last.splitlines() if line.startswith('"')]
    return Asked(_unquoted(quotes[-1]) if quotes else last, last, "REMINDER:" in system)


def hint(request: Asked) -> str:
    """The hint in the form that the model is asked for, or THINKING.

    Rules have nothing to say where nothing was said, nor where life may be in danger.
    """
    noticed = None if _DANGER.search(request.said) else _most_telling(request.said)
    return "\n".join(_lines(request, noticed)) if noticed else THINKING


def _text(message: dict[str, Any]) -> str:
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return " ".join(part.get("text", "") for part in content if isinstance(part, dict))


def _unquoted(line: str) -> str:
    try:
        return str(json.loads(line))
    except json.JSONDecodeError:
        return line


def _most_telling(said: str) -> Noticed | None:
    """The sentence with the most in it; of equal ones the last."""
    sentences = [notice(opened(sentence)) for sentence in _SENTENCE_END.split(said)]
    return max(
        (sentence for sentence in reversed(sentences) if sentence.weight),
        key=lambda sentence: sentence.weight,
        default=None,
    )


def _lines(request: Asked, noticed: Noticed) -> Iterator[str]:
    choice = _Choice(noticed.sentence, request.everything)
    yield f"SUMMARY: {_summary(noticed, choice)}"
    yield f"SUGGESTION: {choice.of(_suggestions(noticed))}"
    questions = _questions(noticed)
    first = choice.of(questions)
    second = choice.of([question for question in questions if question != first])
    yield f"FOLLOW-UP: {first} | {second}"
    if request.reminder:
        yield f"REMINDER: {choice.of(_reminders(noticed))}"


class _Choice:
    """The same words give the same choice, and what was shown before is passed over."""

    def __init__(self, seed: str, shown: str) -> None:
        self._start = zlib.crc32(seed.encode())
        self._shown = shown

    def of(self, options: Sequence[str]) -> str:
        first = self._start % len(options)
        turned_round = [*options[first:], *options[:first]]
        return next((one for one in turned_round if one not in self._shown), turned_round[0])


def _summary(noticed: Noticed, choice: _Choice) -> str:
    short = shortened(noticed.sentence, SUMMARY_WORDS)
    if not noticed.parts:
        short = _BLENDED.sub("A part of me feels", short)
    reflected = turned(short)
    sentence = f"{reflected[:1].upper()}{reflected[1:]}"
    return f"{sentence}, {choice.of(_TAILS)}."


def _suggestions(noticed: Noticed) -> list[str]:
    return [*_two_parts(noticed), *_one_part(noticed), *_no_part(noticed)]


def _two_parts(noticed: Noticed) -> list[str]:
    if len(noticed.parts) < 2:
        return []
    one, other = noticed.parts[:2]
    return [f"Give both time: {one}, and {other}.", f"Ask who comes first: {one} or {other}."]


def _one_part(noticed: Noticed) -> list[str]:
    if len(noticed.parts) != 1:
        return []
    part = noticed.parts[0]
    return [
        f"Ask how they feel toward {part}.",
        f"Invite them to notice where {part} shows itself in or around the body.",
        f"Stay with {part} and let it show itself in its own time.",
    ]


def _no_part(noticed: Noticed) -> list[str]:
    if noticed.parts:
        return []
    options = []
    for feeling in noticed.feelings[-1:]:
        options += [
            f"Ask gently whether a part of them feels {feeling}.",
            f"Slow down and make room for the {FEELINGS[feeling]}.",
        ]
    if noticed.body:
        options.append(f"Stay with the {noticed.body}: ask what they notice there now.")
    if noticed.wish:
        options.append(f"Be curious about the wish to {noticed.wish}.")
    if noticed.person and not noticed.feelings:
        options.append(f"Ask what comes up inside as they speak of their {noticed.person}.")
    return options


def _questions(noticed: Noticed) -> list[str]:
    options = [
        question
        for thing in _inner_things(noticed)
        for question in (
            f"What does {thing} want you to know?",
            f"Where do you notice {thing} right now?",
            f"How do you feel toward {thing}?",
        )
    ]
    if noticed.body:
        options.append(f"What do you notice in your {noticed.body} now?")
        options.append(f"If your {noticed.body} could speak, what would it say?")
    if not options and noticed.wish:
        options.append(f"What in you wants to {noticed.wish}?")
        options.append(f"What is it like to want to {noticed.wish}?")
    if not options:
        options.append(f"What happens inside when you think of your {noticed.person}?")
        options.append(f"What do you notice in your body as you mention your {noticed.person}?")
    return options


def _reminders(noticed: Noticed) -> list[str]:
    options = [
        f"The {FEELINGS[feeling]} needs company, not fixing." for feeling in noticed.feelings
    ]
    options += [
        f"{part[:1].upper()}{part[1:]} can be met without being changed." for part in noticed.parts
    ]
    if noticed.body:
        options.append(f"Nothing in the {noticed.body} has to be made to go away.")
    if noticed.wish:
        options.append(f"Nothing has to be done now about the wish to {noticed.wish}.")
    if noticed.person:
        options.append(f"What is between them and their {noticed.person} is not yours to solve.")
    return options


def _inner_things(noticed: Noticed) -> list[str]:
    """What could answer in the partner: parts, or else feelings by name."""
    return [*noticed.parts] or [f"the {FEELINGS[feeling]}" for feeling in noticed.feelings]
