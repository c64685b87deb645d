"""What the judgement of a turn knows about words, language by language."""

import re

from coach.hints.lexicon.build import Lexicon
from coach.hints.lexicon.dutch import DUTCH
from coach.hints.lexicon.english import ENGLISH
from coach.hints.lexicon.french import FRENCH
from coach.hints.lexicon.german import GERMAN
from coach.hints.lexicon.italian import ITALIAN
from coach.hints.lexicon.portuguese import PORTUGUESE
from coach.hints.lexicon.spanish import SPANISH

LEXICONS = (ENGLISH, GERMAN, SPANISH, FRENCH, ITALIAN, PORTUGUESE, DUTCH)

_TELLING = 6
_LETTER = re.compile(r"[^\W\d_]")
_OTHER_SCRIPT = re.compile(r"[^\W\d_a-zà-ÿœß]", re.IGNORECASE)


def recognise(words: list[str], usual: Lexicon | None) -> Lexicon | None:
    """The language that the words are in; `usual` when they could be several, None when unknown.

    Small words tell best; where there are none, any word that a lexicon knows has to do.
    """
    text = " ".join(words)
    if len(_OTHER_SCRIPT.findall(text)) * 2 > len(_LETTER.findall(text)):
        return None
    scores = {lexicon: sum(word in lexicon.common for word in words) for lexicon in LEXICONS}
    if max(scores.values()) * 8 < len(words):
        scores = {lexicon: scores[lexicon] + _known(lexicon, text) for lexicon in LEXICONS}
    best = max(scores.values())
    if best * 8 < len(words) or not best:
        return usual if len(words) < _TELLING else None
    leading = [lexicon for lexicon in LEXICONS if scores[lexicon] == best]
    return usual if usual in leading else leading[0]


def _known(lexicon: Lexicon, text: str) -> int:
    subjects = (lexicon.strong, lexicon.mild, lexicon.chat, lexicon.everyday)
    return sum(len(pattern.findall(text)) for pattern in subjects)
