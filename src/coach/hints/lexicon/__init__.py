"""What the judgement of a turn knows about words, language by language."""

import re
from collections.abc import Iterator

from coach.hints.lexicon.build import Lexicon
from coach.hints.lexicon.dutch import DUTCH
from coach.hints.lexicon.english import ENGLISH
from coach.hints.lexicon.french import FRENCH
from coach.hints.lexicon.german import GERMAN
from coach.hints.lexicon.italian import ITALIAN
from coach.hints.lexicon.portuguese import PORTUGUESE
from coach.hints.lexicon.spanish import SPANISH

LEXICONS = (ENGLISH, GERMAN, SPANISH, FRENCH, ITALIAN, PORTUGUESE, DUTCH)

_LETTER = re.compile(r"[^\W\d_]")
_OTHER_SCRIPT = re.compile(r"[^\W\d_a-zà-ÿœß]", re.IGNORECASE)


def recognise(words: list[str], usual: Lexicon | None) -> Lexicon | None:
    """The language that the words are in; `usual` when they could be several, None when unknown.

    Words that share no common word with any known language are in an unknown one, unless there
    are too few of them to tell.
    """
    text = " ".join(words)
    if len(_OTHER_SCRIPT.findall(text)) * 2 > len(_LETTER.findall(text)):
        return None
    scores = {lexicon: sum(word in lexicon.common for word in words) for lexicon in LEXICONS}
    best = max(scores.values())
    leading = [lexicon for lexicon in LEXICONS if scores[lexicon] == best]
    if best * 8 < len(words) or not words:
        return None if len(words) >= 6 else usual
    return usual if usual in leading else leading[0]


def every() -> Iterator[Lexicon]:
    """All lexicons, English first."""
    return iter(LEXICONS)
