"""Wordings that speak of a risk of harm, explicit and indirect, language by language."""

from coach.hints.risks import dutch, english, french, german, italian, others, portuguese, spanish
from coach.hints.risks.build import Rule, Wordings

LANGUAGES: tuple[Wordings, ...] = (
    english.WORDINGS,
    german.WORDINGS,
    spanish.WORDINGS,
    french.WORDINGS,
    italian.WORDINGS,
    portuguese.WORDINGS,
    dutch.WORDINGS,
    others.WORDINGS,
)

__all__ = ["LANGUAGES", "Rule", "Wordings"]
