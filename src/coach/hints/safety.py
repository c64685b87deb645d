"""A scan of the partner's words for risk of harm, and the card that it raises.

The scan is deterministic and leans toward speaking up: the facilitator judges.
"""

import re
import unicodedata
from dataclasses import dataclass

from coach.hints import words
from coach.hints.events import Section
from coach.hints.risks import LANGUAGES, Rule, Wordings

_QUOTED_WORDS = 24
_DENIAL_REACH = 60
_CLAUSE = re.compile(
    r"[.!?;:,…\n]+|--|[—–]|\b(?:but|although|though|except|because|and then|"
    r"aber|sondern|pero|sino|mas|maar)\b"
)
# A question that was put, or a thing that nearly was.
_TOLD = re.compile(
    r"\b(?:ask|asks|asked|asking|check\w*) (?:\w+ )?(?:if|whether|about|me to)\b"
    r".{0,40}$|"
    r"\b(?:could|could have|could've|almost|nearly|ob ich|si j'|si tengo)\b[^,]{0,12}$"
)
_SETTLED = re.compile(
    r"\bused to\b.*\b(?:not|don't|doesn't|haven't|hasn't|stopped|no longer|never)\b|"
    r"\b(?:those|that|these) (?:thoughts|days|feelings) (?:are|is) (?:over|gone|behind)\b|"
    r"\b(?:don't|do not|didn't|haven't|not)\b[^.,;]{0,25}\b(?:like that |that way |those |that )"
    r"(?:anymore|any more|since|in years|for years)\b"
)
_LONG_AGO = re.compile(
    r"\bused to\b|\bwhen (?:i|we) (?:was|were)\b|\bas a (?:child|kid|boy|girl|teenager)\b|"
    r"\bback then\b|\byears ago\b|\bgrowing up\b"
)
_LONG_PAST = re.compile(
    r"\bwhen i was\b|\b(?:years?|decades) (?:ago|back)\b|\bback (?:then|in)\b|"
    r"\bas a (?:child|kid|boy|girl|teenager|student)\b|"
    r"\b(?:at|in) (?:uni|university|college|school)\b"
)
# What was so then is denied for now, in so many words and first of all.
_NOT_NOW = re.compile(
    r"^(?:but |and |well,? |no,? )*(?:i (?:don't|do not|haven't|am not)|i'm not|not)"
    r"(?: (?:want|feel|think|been)(?: (?:that|it|so|to|like that|that way|there))?)?,? "
    r"(?:now|any ?more|these days|in years|for years)\b"
)
# What happened to somebody else, some time ago.
_ANOTHER = re.compile(r"\b(?:he|she|they|who|(?:my|the|his|her|our) \w+)(?: \w+){0,2} $")
_DONE = re.compile(
    r"^(?:took|killed|tried|attempted|committed|cut|overdosed?|hanged|hung|wanted|shot)\b"
)
_FIGURE = re.compile(
    r"\bso (?:bored|embarrassed|full|hungry|hot|cold|awkward|thirsty|busy|excited)\b.{0,12}\bi\b"
)
_STORY = re.compile(
    r"\b(?:in|about|watch\w*|saw|read\w*|see) (?:a|the|this|that) "
    r"(?:movie|film|book|show|series|novel|article|song|podcast)\b"
)


@dataclass(frozen=True, slots=True)
class Risk:
    """A rule that the words met, and the words."""

    rule: Rule
    words: str


def scan(text: str) -> list[Risk]:
    """The risks that `text` speaks of, at most one a rule."""
    found: dict[Rule, Risk] = {}
    hinted: dict[tuple[int, int], str] = {}
    sentences = _sentences(text)
    for sentence, following in zip(sentences, [*sentences[1:], ""], strict=True):
        if _LONG_PAST.search(sentence) and _NOT_NOW.search(following):
            continue
        for clause in _clauses(sentence):
            for risk in _risks(clause, sentence):
                found.setdefault(risk.rule, risk)
            hinted |= dict.fromkeys(_hinted(clause), clause)
    if len(hinted) > 1 and "suicide" not in found:
        found["suicide"] = Risk("suicide", " … ".join(dict.fromkeys(hinted.values())))
    return list(found.values())


def card(risk: Risk, language: str) -> tuple[tuple[Section, str], ...]:
    """What the safety card says: the words heard, and wording that leaves judgement to a person."""
    text = _TEXTS.get(language[:2].lower(), _TEXTS["en"])
    quote = " ".join(risk.words.split()[:_QUOTED_WORDS])
    return (
        ("summary", f"{text['heard']} “{quote}”"),
        ("suggestion", text["suggestion"]),
        ("follow_up", text[risk.rule]),
        ("reminder", text["reminder"]),
    )


def _sentences(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text).replace("’", "'").lower()
    return [" ".join(sentence.split()) for sentence in words.sentences(plain)]


def _clauses(sentence: str) -> list[str]:
    return [part.strip() for part in _CLAUSE.split(sentence) if part.strip()]


def _risks(clause: str, sentence: str) -> list[Risk]:
    return [
        Risk(rule, clause)
        for language in LANGUAGES
        for rule, patterns in language.risks.items()
        if any(_holds(pattern, rule, clause, sentence, language) for pattern in patterns)
    ]


def _holds(
    pattern: re.Pattern[str], rule: Rule, clause: str, sentence: str, language: Wordings
) -> bool:
    match = pattern.search(clause)
    if match is None:
        return False
    before = clause[: match.start()][-_DENIAL_REACH:]
    if language.affirmed:
        before = language.affirmed.sub(" ", before)
    if _TOLD.search(before) or (language.denied and language.denied.search(before)):
        return False
    if _ANOTHER.search(before) and _DONE.search(match.group()):
        return False
    if rule == "danger" and _LONG_AGO.search(sentence):
        return False
    return not any(p.search(sentence) for p in (_SETTLED, _STORY, _FIGURE))


def _hinted(clause: str) -> list[tuple[int, int]]:
    return [
        (place, number)
        for place, language in enumerate(LANGUAGES)
        for number, pattern in enumerate(language.hinted)
        if pattern.search(clause)
    ]


_TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "heard": "Heard:",
        "suggestion": "This may be about safety. Slow down and ask directly; you judge the need.",
        "suicide": "Are you thinking about ending your life?",
        "self_harm": "Are you thinking about hurting yourself?",
        "harm_to_others": "Are you worried that someone could get hurt?",
        "danger": "Are you safe right now?",
        "reminder": "You are a peer: if there is danger, bring in emergency or crisis help.",
    },
    "de": {
        "heard": "Gehört:",
        "suggestion": "Es könnte um Sicherheit gehen. Langsam, direkt fragen; du entscheidest.",
        "suicide": "Denkst du daran, dir das Leben zu nehmen?",
        "self_harm": "Denkst du daran, dich zu verletzen?",
        "harm_to_others": "Hast du Sorge, dass jemand verletzt werden könnte?",
        "danger": "Bist du gerade in Sicherheit?",
        "reminder": "Du bist Peer: Bei Gefahr hol Notruf oder Krisendienst dazu.",
    },
    "es": {
        "heard": "Oído:",
        "suggestion": "Puede tratarse de seguridad. Despacio, pregunta directamente; tú decides.",
        "suicide": "¿Estás pensando en quitarte la vida?",
        "self_harm": "¿Estás pensando en hacerte daño?",
        "harm_to_others": "¿Te preocupa que alguien pueda salir herido?",
        "danger": "¿Estás a salvo ahora mismo?",
        "reminder": "Eres un par: si hay peligro, busca ayuda de emergencia o de crisis.",
    },
    "fr": {
        "heard": "Entendu :",
        "suggestion": "C'est peut-être une question de sécurité. Ralentis, demande ; tu décides.",
        "suicide": "Est-ce que tu penses à mettre fin à tes jours ?",
        "self_harm": "Est-ce que tu penses à te faire du mal ?",
        "harm_to_others": "Crains-tu que quelqu'un soit blessé ?",
        "danger": "Es-tu en sécurité en ce moment ?",
        "reminder": "Tu es un pair : en cas de danger, fais appel aux secours.",
    },
}
