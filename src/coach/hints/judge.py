"""Whether what the partner said calls for a hint at all."""

import re
from dataclasses import dataclass
from itertools import pairwise

from coach.hints import words
from coach.hints.lexicon import recognise
from coach.hints.lexicon.build import Lexicon
from coach.hints.turns import Turn

_TAG = re.compile(r"[\[(*][^\])*]{1,40}[\])*]|♪[^♪]*♪?")
_TEARS_TAG = re.compile(
    r"cry|cries|sob|weep|sniff|whimper|tear|wein|schluchz|llor|solloz|pleur|sanglot|piang|"
    r"singhioz|chor|soluç|huil|snik"
)
_BREAK = re.compile(r"…|\.\.+|[—–]|--")
_ENDED = re.compile(r"[.!?。！？][\"'”’»)]*\s*$")
_STOP_WITHIN = re.compile(r"[.!?]\s+[A-ZÀ-Þ]")
_TRAILS_OFF = re.compile(r"(?:…|\.\.+|[,;:—–]|-)\s*$")

_YOU = re.compile(
    r"\b(?:you|your|yours|du|dich|dir|deine?|euch|tú|tu|te|usted|vous|toi|ton|votre|voi|você|jij)\b"
)

_GIVE = re.compile(
    r"\b(?:give|need|have a|gib|brauche|dame|dammi|necesito|donne|besoin|preciso|geef)\b"
)
_ASK = re.compile(
    r"^(?:\w+,? ){0,2}?(?:(?:can|could|may|shall|would|kann|können|könnten|podemos|puedo|puede|"
    r"peut|pouvons|possiamo|posso|pode|kunnen|mag) (?:we|i|you|wir|ich|nous|on|ik)?|let's|let us|"
    r"on peut|je peux|laten we)\b"
)
_LAUGH = re.compile(r"^ha\b|\b(?:ha(?:ha)+h?|hehe\w*|lol|jaja\w*|kkk+)\b")
_WEEKDAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|"
    r"mittwoch|lunes|martes|miércoles|jueves|viernes|sábado|domingo|(?:lun|mar|mercre|jeu|vendre|"
    r"same)di|dimanche|(?:lune|marte|mercole|giove|vener)dì|sabato|domenica|segunda|terça|quarta|"
    r"quinta|sexta|(?:maan|dins|woens|donder|vrij|zater|zon)dag)\b"
)
_SORRY = re.compile(
    r"\b(?:sorry|apologies|tut mir leid|entschuldigung|perdón|lo siento|désolée?|pardon|scusa|"
    r"scusami|desculpa|desculpe)\b"
)

_BROKEN_WORDS, _BROKEN_AT, _CIRCLING = 12, 2, 0.6
_FEW, _SOME, _MANY, _LONG = 4, 7, 10, 14
_WORTH = 2
_STORY = 24
_RECENT = 3
_TENDER_S = 30.0
_DEEP_S = 240.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """`reason` says why no hint is due, and is empty when one is. `unfinished`: the words go on."""

    reason: str
    unfinished: bool = False


class Judge:
    """Weighs turns in the light of those before."""

    def __init__(self) -> None:
        self._language: Lexicon | None = None
        self._tender_until = float("-inf")
        self._deep_until = float("-inf")
        self._chatting = False
        self._punctuates = False

    def judge(self, turn: Turn) -> Judgement:
        """What `turn` calls for as it stands; the same turn may be judged again as it grows."""
        text = turn.whole
        lexicon = self._lexicon(text)
        plain = _plain(text)
        content = _content(plain, lexicon)
        unfinished = _unfinished(text, lexicon, punctuated=self._punctuates)
        return Judgement(self._reason(turn, plain, content, lexicon), unfinished)

    def remember(self, turn: Turn, judgement: Judgement) -> None:
        """The turn is over: it colours how the next ones are taken."""
        self._language = self._lexicon(turn.whole)
        self._punctuates = self._punctuates or bool(_ENDED.search(turn.whole))
        self._chatting = judgement.reason == "small_talk" or (
            self._chatting and judgement.reason in ("back_channel", "too_little")
        )
        if judgement.reason == "tears":
            self._tender_until = turn.ended + _TENDER_S
        elif not judgement.reason:
            self._tender_until = float("-inf")
            self._deep_until = turn.ended + _DEEP_S

    def _reason(self, turn: Turn, plain: str, content: int, lexicon: Lexicon | None) -> str:
        if _weeps(_lately(plain), lexicon, _TAG.findall(turn.whole.lower())):
            return "tears"
        if lexicon and _asks_for_quiet(plain, lexicon):
            return "asked_for_quiet"
        if (
            content <= _MANY
            and _SORRY.search(plain)
            and not (lexicon and lexicon.chat.search(plain))
        ):
            return "tears"
        if content < _FEW:
            return "tears" if turn.started < self._tender_until else "back_channel"
        if lexicon is None:
            return "" if content >= _SOME else "too_little"
        return self._weigh(turn, plain, content, lexicon)

    def _weigh(self, turn: Turn, plain: str, content: int, lexicon: Lexicon) -> str:
        strong, mild = _distinct(lexicon.strong, plain), _distinct(lexicon.mild, plain)
        chat, everyday = _distinct(lexicon.chat, plain), _distinct(lexicon.everyday, plain)
        chat += (not strong and _asks_the_other(plain)) + _jests_or_arranges(plain)
        inner, outer = 3 * strong + min(mild, 4), 2 * min(chat, 3) + min(everyday, 3)
        deep = turn.started < self._deep_until and not chat
        chatting = self._chatting and lexicon.thorough
        if content < _SOME and turn.started < self._tender_until:
            return "tears"
        if content < _SOME:
            worth = (strong > 0 and inner > outer + 1) or (deep and mild > 1 and not outer)
        elif strong:
            worth = inner + (content >= _MANY) + deep >= outer + _WORTH
        elif outer or chatting:
            worth = mild + deep + content // _LONG >= outer + _WORTH + chatting
        else:
            telling = mild + deep + (not lexicon.thorough)
            told = content >= _STORY or (telling > 0 and content >= _MANY)
            worth = told or telling + (content > _SOME) >= _WORTH
        if worth:
            return ""
        return "small_talk" if outer else "too_little"

    def _lexicon(self, text: str) -> Lexicon | None:
        return recognise(words.words(text), self._language)


def _plain(text: str) -> str:
    return " ".join(_TAG.sub(" ", text).replace("’", "'").lower().split())


def _content(plain: str, lexicon: Lexicon | None) -> int:
    return words.count(lexicon.filler.sub(" ", plain) if lexicon else plain)


def _distinct(pattern: re.Pattern[str], plain: str) -> int:
    return len(set(pattern.findall(plain)))


def _lately(plain: str) -> str:
    """The last few sentences: tears spoken of before them belong to the story."""
    return " ".join(words.sentences(plain)[-_RECENT:])


def _unfinished(text: str, lexicon: Lexicon | None, *, punctuated: bool) -> bool:
    """Whether the words go on: a recogniser that sets full stops has set none at their end."""
    if _TRAILS_OFF.search(text):
        return True
    if (punctuated or _STOP_WITHIN.search(text)) and not _ENDED.search(text):
        return True
    last = words.words(text)[-1:]
    return bool(last and lexicon and last[0] in lexicon.unfinished and not _ENDED.search(text))


def _asks_for_quiet(plain: str, lexicon: Lexicon) -> bool:
    """Whether the last words ask for quiet, or those just before do so in plain terms."""
    *before, last = words.sentences(plain) or [""]
    if lexicon.hold.search(last):
        return True
    asked = lexicon.hold.search(before[-1]) if before else None
    return bool(asked and (_GIVE.search(asked.group()) or _ASK.search(before[-1])))


def _asks_the_other(plain: str) -> bool:
    """Whether the turn ends in a question to the person on the other side."""
    return plain.endswith("?") and bool(_YOU.search(words.sentences(plain)[-1]))


def _jests_or_arranges(plain: str) -> bool:
    """Whether the turn laughs, or asks about a day."""
    return bool(_LAUGH.search(plain) or (plain.endswith("?") and _WEEKDAY.search(plain)))


def _weeps(plain: str, lexicon: Lexicon | None, tags: list[str]) -> bool:
    """Tears, or speech as broken as it comes with them."""
    if any(_TEARS_TAG.search(tag) for tag in tags):
        return True
    if lexicon and lexicon.tears.search(plain):
        return True
    spoken = words.words(plain)
    if len(spoken) > _BROKEN_WORDS:
        return False
    repeated = sum(first == second for first, second in pairwise(spoken))
    circling = len(spoken) >= _SOME and len(set(spoken)) <= _CIRCLING * len(spoken)
    return len(_BREAK.findall(plain)) + repeated >= _BROKEN_AT or circling
