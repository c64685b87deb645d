"""Whether a hint says again what an earlier one said."""

from collections import deque
from dataclasses import dataclass, field

from coach.hints import words
from coach.hints.wordlists import vocabulary

_REMEMBERED = 12
_ALIKE = 0.7
_CONTAINED = 0.85
_ENOUGH = 4
_EMPTY_WORDS = vocabulary(
    """a an the of to in on at it its is are be was that this these those and or for with as by do
    does you your yours they them their he him his she her how what where when who which if would
    could can part parts feel feels feeling feelings felt notice notices noticing seem seems say
    says saying said hear hears something there here now about from toward towards der die das und
    ein eine sie du ist zu wie was el la los las un una de que y es en se le les des du et est"""
)


def alike(one: str, other: str) -> bool:
    """Whether two texts say nearly the same, by the words that carry them."""
    first, second = _told(one), _told(other)
    if not first or not second:
        return words.words(one) == words.words(other)
    shared = len(first & second)
    if shared >= _ALIKE * len(first | second):
        return True
    least = min(len(first), len(second))
    return least >= _ENOUGH and shared >= _CONTAINED * least


def _told(text: str) -> frozenset[str]:
    return frozenset(word for word in words.words(text) if word not in _EMPTY_WORDS)


@dataclass(slots=True)
class Earlier:
    """What the last hints said."""

    summaries: deque[str] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    asked: deque[str] = field(default_factory=lambda: deque(maxlen=3 * _REMEMBERED))

    def remember(self, section: str, text: str) -> None:
        """A section was shown."""
        if section == "summary":
            self.summaries.append(text)
        elif section in ("suggestion", "follow_up"):
            self.asked.append(text)

    def repeats(self, section: str, text: str) -> bool:
        """Whether `text` was already shown, in these or nearly these words."""
        known = self.summaries if section == "summary" else self.asked
        return section != "reminder" and any(alike(text, before) for before in known)

    def may_repeat(self, beginning: str) -> bool:
        """Whether a summary that begins like this may turn out to be a repetition."""
        begun = _told(beginning)
        return any(begun <= _told(before) for before in self.summaries)
