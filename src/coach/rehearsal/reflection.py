"""The partner's words turned toward them: "my father" becomes "your father"."""

import re

_TURNED = {
    "i am": "you are",
    "am i": "are you",
    "i was": "you were",
    "was i": "were you",
    "i'm": "you're",
    "i've": "you've",
    "i'll": "you'll",
    "i'd": "you'd",
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "we": "you",
    "us": "you",
    "our": "your",
    "ourselves": "yourselves",
    "you are": "I am",
    "are you": "am I",
    "you were": "I was",
    "you're": "I'm",
    "you've": "I've",
    "your": "my",
    "yours": "mine",
    "yourself": "myself",
}
_FIRST = "|".join(sorted(_TURNED, key=len, reverse=True))
_BEFORE_SUBJECT = re.compile(
    r"(?:^|\b(?:do|did|can|could|will|would|should|if|when|that|what|as|how|because)) *$",
    re.IGNORECASE,
)
_AFTER_SUBJECT = re.compile(
    r" (?:said|say|asked|ask|do|did|have|had|can|could|will|would|think|want|know|see)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(rf"\b(?:{_FIRST}|you)\b(?!')", re.IGNORECASE)
_OPENING = re.compile(
    r"^(?:(?:and|but|so|then|because|well|yeah|yes|no|okay|um|uh|like|you know)\b[ ,]*)+",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r",? (?=(?:and|but|because|when|so that|which|who)\b)|, ")
_LOOSE = "and|but|or|so|that|because|when|even|the|an?|to|of|in|with|my|your|i|it|is|was"
_LOOSE_END = re.compile(rf"(?:[ ,]+(?:{_LOOSE}))+$", re.IGNORECASE)


def turned(text: str) -> str:
    """`text` as the listener would say it back, without its opening connectives."""
    return _WORDS.sub(_other_person, opened(text))


def opened(text: str) -> str:
    """`text` without "and then", "but", "well" and the like at its beginning."""
    return _OPENING.sub("", text.strip())


def shortened(text: str, most_words: int) -> str:
    """As many whole clauses of `text` as `most_words` allow, or that many words of the first."""
    kept = ""
    for end in [*(found.start() for found in _CLAUSE.finditer(text)), len(text)]:
        if len(text[:end].split()) > most_words:
            break
        kept = text[:end]
    return _LOOSE_END.sub("", kept or " ".join(text.split()[:most_words])).rstrip(" ,.!?")


def _other_person(found: re.Match[str]) -> str:
    said = found[0].lower()
    if said != "you":
        return _TURNED[said]
    before, after = found.string[: found.start()], found.string[found.end() :]
    return "I" if _BEFORE_SUBJECT.search(before) or _AFTER_SUBJECT.match(after) else "me"
