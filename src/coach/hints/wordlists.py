"""How words and phrases that the domain knows are written down."""

import re

_GROUP = re.compile(r"(?<!\\)\((?!\?)")


def vocabulary(text: str) -> frozenset[str]:
    """The single words that `text` lists, parted by spaces."""
    return frozenset(text.split())


def listed(text: str) -> frozenset[str]:
    """The phrases that `text` lists, parted by commas."""
    return frozenset(_phrases(text))


def starred(text: str) -> re.Pattern[str]:
    """A pattern for any of the phrases, parted by commas; a star stands for letters, also none."""
    alternatives = (_literal(phrase) for phrase in _phrases(text))
    return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)")


def one_of(text: str) -> re.Pattern[str]:
    """A pattern for any of the expressions, parted by commas; every plain parenthesis groups."""
    return re.compile(r"(?<!\w)(?:" + grouped("|".join(_phrases(text))) + r")(?!\w)")


def grouped(pattern: str) -> str:
    """`pattern` with every plain parenthesis made one that captures nothing."""
    return _GROUP.sub("(?:", pattern)


def _phrases(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip()]


def _literal(phrase: str) -> str:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
    return r"[\s,]+".join(words)
