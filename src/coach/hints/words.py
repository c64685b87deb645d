"""Words as the domain counts them, in any script."""

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
# Scripts written without spaces: a word is about two characters there.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])\s*(?=\S)")


def words(text: str) -> list[str]:
    """The words of `text`, lower-cased, apostrophes made plain."""
    plain = unicodedata.normalize("NFC", text).replace("’", "'").lower()
    return _WORD.findall(plain)


def count(text: str) -> int:
    """How many words `text` has; two characters make a word where there are no spaces."""
    unspaced = len(_UNSPACED.findall(text))
    if not unspaced:
        return len(words(text))
    return len(words(_UNSPACED.sub(" ", text))) + (unspaced + 1) // 2


def sentences(text: str) -> list[str]:
    """The sentences of `text`, with their punctuation."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def cut(text: str, limit: int) -> str:
    """At most `limit` characters of `text`, ended at a word and marked when shortened."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:–-") + "…"


def joined(parts: Iterable[str]) -> str:
    """The parts in one line, single spaces between them."""
    return " ".join(" ".join(parts).split())
