"""What a sentence of the partner's holds that a facilitator could take up."""

import re
from dataclasses import dataclass
from itertools import pairwise

from coach.rehearsal.lexicon import BODY, FEELINGS, PART_NAMES, PEOPLE

_MINE = {"i", "i'm", "i've", "me", "part", "it", "that", *PART_NAMES}
_OTHERS = {"he", "she", "they", "people", "everybody", "everyone", "nobody", "you", *PEOPLE}
_NEGATIONS = {"not", "never", "don't", "didn't", "isn't", "wasn't", "can't", "no"}
_STATES = re.compile(
    r"feel|feels|felt|feeling|am|is|was|are|i'm|so|very|really|more|just|bit|being|g[eo]t|gets|and"
)
_KINDS = "young|small|little|sad|angry|scared|lonely|tired|critical|other|inner"
_PART = re.compile(
    rf"\b(?:(?P<kind>{_KINDS}) )?part\b(?! of (?!me\b))"
    rf"|\b(?:an?|the|that|this|another|inner) (?:(?:{_KINDS}) )?"
    rf"(?P<name>{'|'.join(PART_NAMES)}|little (?:one|girl|boy)|child inside)\b"
)
_WISH = re.compile(
    r"\b(?:wants?|needs?|wanted|needed)(?: me)? to "
    r"(?P<wish>\w+(?: (?:away|up|out|down|back|alone))?)"
)


@dataclass(frozen=True, slots=True)
class Noticed:
    """One sentence and what is in it, in the partner's own words; "" and () where nothing is.

    `parts` are as one could speak of them ("the critic", "the part that feels scared"), `feelings`
    those of the partner and not of people spoken of.
    """

    sentence: str
    parts: tuple[str, ...]
    feelings: tuple[str, ...]
    body: str
    person: str
    wish: str

    @property
    def weight(self) -> int:
        """How much there is to take up; 0: nothing."""
        inner = 3 * bool(self.parts) + 2 * bool(self.feelings) + bool(self.wish)
        return inner + bool(self.body) + bool(self.person)


def notice(sentence: str) -> Noticed:
    """Look for parts, feelings, places in the body, people and wishes."""
    plain = sentence.lower().replace("’", "'")
    words = re.findall(r"[a-z']+", plain)
    wish = _WISH.search(plain)
    return Noticed(
        sentence=sentence,
        parts=_parts(plain),
        feelings=_feelings(words),
        body=_after_my(words, BODY),
        person=_after_my(words, PEOPLE),
        wish=wish["wish"] if wish and _is_own(words, words.index(wish["wish"].split()[0])) else "",
    )


def _feelings(words: list[str]) -> tuple[str, ...]:
    found = [
        word
        for at, word in enumerate(words)
        if word in FEELINGS
        and _is_said_of_somebody(words, at)
        and _is_own(words, at)
        and not _NEGATIONS & set(words[max(0, at - 3) : at])
    ]
    return tuple(dict.fromkeys(found))


def _is_said_of_somebody(words: list[str], at: int) -> bool:
    """Whether the word stands where a state stands: "feel small", not "a small house"."""
    return at > 0 and _STATES.fullmatch(words[at - 1]) is not None


def _is_own(words: list[str], at: int) -> bool:
    """Whether the nearest one before this word who could be meant is the partner or a part."""
    for word in reversed(words[:at]):
        if word in _OTHERS:
            return False
        if word in _MINE:
            return True
    return True


def _after_my(words: list[str], wanted: frozenset[str]) -> str:
    return next((noun for my, noun in pairwise(words) if my == "my" and noun in wanted), "")


def _parts(plain: str) -> tuple[str, ...]:
    mentions = list(_PART.finditer(plain))
    bounds = [*(mention.start() for mention in mentions), len(plain)]
    names = [
        _name(mention, plain[mention.end() : end])
        for mention, end in zip(mentions, bounds[1:], strict=True)
    ]
    if len(names) > 1:
        names = ["the other part" if name == "that part" else name for name in names]
    return tuple(dict.fromkeys(names))


def _name(mention: re.Match[str], rest: str) -> str:
    if mention["name"]:
        return f"the {mention['name']}"
    if mention["kind"] and mention["kind"] != "other":
        return f"the {mention['kind']} part"
    feelings = _feelings(["part", *re.findall(r"[a-z']+", rest)])
    if feelings:
        return f"the part that feels {feelings[0]}"
    wish = _WISH.search(rest)
    return f"the part that wants to {wish['wish']}" if wish else "that part"
