"""What a hint must not say: each section is passed, repaired or dropped by a named rule."""

import re
from dataclasses import dataclass

from coach.hints import words
from coach.hints.events import Section
from coach.hints.prompts import Limits
from coach.hints.wordlists import one_of

_LEAST_WORDS = 4
_AI = one_of(
    r"""as an? (ai|artificial|assistant|language), ai (language )?(model|assistant|coach),
    i('m| am) (an? )?(ai|artificial|(large )?language|virtual|silent coach|assistant|chatbot|bot),
    language model, chatgpt, gpt-?\d, openai, system prompt, these (instructions|rules),
    my (instructions|guidelines|programming|training|rules|prompt), als (eine )?ki,
    als sprachmodell,
    como (una )?(ia|inteligencia), modelo de lenguaje, en tant qu'(ia|intelligence|assistant),
    modèle de langage"""
)
_MAY_BECOME_AI = one_of(
    r"""(as|as an?|i|i'm|i am|i'm an?|i am an?|language|ai|system|my|an?|these|als|como|en tant)$"""
)
_ECHO = re.compile(
    r"^(?:<.*>|\[.*\]|what the (?:partner|facilitator) (?:said|could do)|an open invitation|"
    r"another one|a peer-support reminder|one sentence|n/?a|none|nothing|-+|…|\.+)\W*$|"
    r"what the facilitator could do next|validating, one sentence|of at most \d+ words"
)
_DIAGNOSIS = one_of(
    r"""depressi(on|ve), clinically, bipolar, borderline, ptsd, ocd, adhd, autis\w+, schizo\w+,
    psycho(sis|tic|path\w*), narcissis\w+, sociopath\w*, codependen\w+, dissociative, disorder\w*,
    diagnos\w+, patholog\w+, syndrome, symptom\w*, neuro(sis|tic), traumati[sz]ed, hysteri\w+,
    attachment (style|issues|wound\w*), trauma response, depressiv, störung, trastorno,
    diagnóstico, trouble bipolaire, dépressi(f|ve)"""
)
_WHY = re.compile(
    r"(?:^|[,;:.?!¿]\s*|\b(?:and|but|about|ask|wonder|understand|explain|know|tell me|y|et|und) )"
    r"(?:why|how come|what(?:'s| is) the reason|warum|wieso|weshalb|por qué|pourquoi|perché|"
    r"por que|waarom)\b|为什么|なぜ"
)
_ADVICE = one_of(
    r"""you (really |just )?(should|must|ought|need to|have to|had better|could try|might try),
    you (might|may) want to, you'd better, have you (tried|considered|thought (of|about)), try to,
    try \w+ing, why don't you, why not, how about, what about (trying|\w+ing), make sure,
    i('d| would)? (suggest|recommend|advise), my advice, consider \w+ing, let go of, stop \w+ing,
    it('s| is| would be|'d be) (best|better|good|important|helpful|time) (to|if you|for you),
    don't you (think|want), just (relax|breathe|forget|let), du (solltest|musst|könntest),
    versuch\w*, hast du schon, deberías, tienes que, intenta\w*, has probado, tu (devrais|dois),
    vous devriez, essaie[sz]?, as-tu essayé, dovresti, prova a, você deveria,
    je (moet|zou moeten)"""
)
_INTERPRETATION = one_of(
    r"""(that|this|it)('s| is) (probably |clearly |really |just )?because,
    because (you|your|of your),
    (this|that|which) (means|shows|suggests|proves|comes from|is about),
    you must (be|feel|have),
    it must (be|have), deep down, what('s| is) really going on,
    the real (reason|issue|problem),
    obviously, clearly, (un|sub)conscious\w*, your inner child, stems from, rooted in,
    it sounds like you('re| are), isn't it, aren't you, don't you, das liegt daran, weil du,
    you('re| are) (really|actually|just|clearly|avoiding|projecting|repressing|in denial),
    eso es porque, porque tú, c'est parce que, parce que tu"""
)
_TOLD_TO_ADVISE = one_of(
    r"""(tell|advise|instruct|order|convince|persuade|urge) (them|him|her|the partner|your partner)
    (to|that|they|he|she|what|how|why), (recommend|suggest) (that )?(they|he|she),
    give (them|him|her) advice"""
)
_CLAUSE_END = re.compile(r"[,;:–—]\s|\s(?:and|so that|because|but|und|y|et)\s")
_MAY_BECOME_AI = re.compile(
    r"\b(?:as|as an?|i|i'm|i am|i'm an?|i am an?|language|ai|system|my|an?|these|als|como|en tant)$"
)


@dataclass(frozen=True, slots=True)
class Linted:
    """What is left of a section; `rule` names what was amiss, and is empty when nothing was."""

    text: str
    rule: str = ""


def lint(section: Section, text: str, limits: Limits, said: str) -> Linted:
    """Check a complete section; the text is empty when it must not be shown.

    `said` is what the partner said: their own words may come back to them.
    """
    plain = text.replace("’", "'").lower()
    rule = _broken(section, plain, said.lower())
    if rule == "mentions_ai" and section == "summary":
        return Linted(_clean_part(text), rule)
    if rule:
        return Linted("", rule)
    limit = limits.words(section)
    if words.count(text) <= limit:
        return Linted(text)
    shorter = _shortened(text, limit)
    if not shorter and section == "summary":
        shorter = _cut(text, limit)
    return Linted(shorter, "too_long")


def growing(text: str, limits: Limits) -> str:
    """What may be shown of a summary that still grows: nothing that may yet have to be unsaid."""
    plain = text.replace("’", "'").lower()
    found = _AI.search(plain) or _MAY_BECOME_AI.search(plain)
    shown = (text[: found.start()] if found else text).rstrip()
    if _ECHO.search(plain) or plain.startswith(("(", "<", "[")):
        return ""
    return _cut(shown, limits.summary) if words.count(shown) > limits.summary else shown


def _broken(section: Section, plain: str, said: str) -> str:
    if _ECHO.search(plain):
        return "echo"
    if _AI.search(plain):
        return "mentions_ai"
    diagnosed = _DIAGNOSIS.search(plain)
    if diagnosed and diagnosed.group() not in said:
        return "diagnosis"
    if section == "suggestion" and _TOLD_TO_ADVISE.search(plain):
        return "advice"
    if section == "follow_up":
        return _leading(plain)
    return ""


def _leading(plain: str) -> str:
    rules = (("why", _WHY), ("advice", _ADVICE), ("interpretation", _INTERPRETATION))
    return next((rule for rule, pattern in rules if pattern.search(plain)), "")


def _clean_part(text: str) -> str:
    """The sentences before the one that breaks the rule."""
    clean: list[str] = []
    for sentence in words.sentences(text):
        if _AI.search(sentence.replace("’", "'").lower()):
            break
        clean.append(sentence)
    return " ".join(clean)


def _shortened(text: str, limit: int) -> str:
    """The first sentence, or as many of its clauses as fit; empty when nothing whole fits."""
    first = words.sentences(text)[0]
    if words.count(first) <= limit:
        return first
    ending = "?" if first.rstrip("\"'”’»").endswith("?") else "."
    ends = [match.start() for match in _CLAUSE_END.finditer(first)]
    fitting = [first[:end] for end in ends if _LEAST_WORDS <= words.count(first[:end]) <= limit]
    return fitting[-1].rstrip(" ,;:–—") + ending if fitting else ""


def _cut(text: str, limit: int) -> str:
    spoken = text.split()
    if len(spoken) < limit:
        return words.cut(text, 2 * limit)
    return " ".join(spoken[:limit]).rstrip(" ,;:–—") + "…"
