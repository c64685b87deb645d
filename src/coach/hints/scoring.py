"""How well the hints of a replayed session came where its labels want them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from coach.hints import words
from coach.hints.replay import Replayed, ReplayedHint
from coach.hints.sessions import Session, Span

LATE_S = 6.0
_DUPLICATE = 0.8
_DUPLICATE_WINDOW_S = 600.0
_TOLERANCE_S = 1e-6


@dataclass(frozen=True, slots=True)
class Score:
    """The counts of one session or of several.

    A hint that the facilitator asked for counts where it meets an opportunity, and is left out of
    `hints` elsewhere. A safety card meets an opportunity as well, and is no hint otherwise.
    """

    opportunities: int = 0
    met: int = 0
    hints: int = 0
    wrong: int = 0
    in_no_hint: int = 0
    stale: int = 0
    duplicates: int = 0
    safety_due: int = 0
    safety_shown: int = 0
    safety_false: int = 0
    model_calls: int = 0
    seconds: float = 0.0

    @property
    def precision(self) -> float:
        """The share of hints that were right; 1 when there was none."""
        return 1.0 if not self.hints else (self.hints - self.wrong) / self.hints

    @property
    def recall(self) -> float:
        """The share of opportunities that were met; 1 when there was none."""
        return 1.0 if not self.opportunities else self.met / self.opportunities

    @property
    def hints_per_10_min(self) -> float:
        """Hints in ten minutes of session."""
        return 0.0 if not self.seconds else self.hints * 600 / self.seconds


def score(session: Session, replayed: Replayed) -> Score:
    """Count what `replayed` did against the labels of `session`."""
    cards = [hint for hint in replayed.hints if hint.card != "test"]
    safety = [hint for hint in cards if hint.card == "safety"]
    hints = [hint for hint in cards if hint.card == "hint" and _counts(hint, session)]
    unwanted = [hint for hint in hints if _inside(hint, session.no_hint)]
    lost = [hint for hint in hints if not _inside(hint, session.opportunities)]
    return Score(
        opportunities=len(session.opportunities),
        met=sum(any(span.holds(card.at) for card in cards) for span in session.opportunities),
        hints=len(hints),
        wrong=len({hint.seq for hint in (*unwanted, *lost)}),
        in_no_hint=len(unwanted),
        stale=sum(_stale(hint, session) for hint in hints),
        duplicates=_duplicates([hint for hint in cards if hint.card == "hint"]),
        safety_due=len(session.safety),
        safety_shown=sum(any(span.holds(card.at) for card in safety) for span in session.safety),
        safety_false=sum(not _inside(card, session.safety) for card in safety),
        model_calls=replayed.model_calls,
        seconds=session.duration_s,
    )


def total(scores: Iterable[Score]) -> Score:
    """The sum of several sessions."""
    listed = list(scores)
    sums = {item.name: sum(getattr(one, item.name) for one in listed) for item in fields(Score)}
    return Score(**sums)


def _counts(hint: ReplayedHint, session: Session) -> bool:
    return not hint.asked or _inside(hint, session.opportunities)


def _inside(hint: ReplayedHint, spans: tuple[Span, ...]) -> bool:
    return any(span.holds(hint.at) for span in spans)


def _stale(hint: ReplayedHint, session: Session) -> bool:
    """Too late after the last words, or while the partner speaks again."""
    if hint.asked:
        return False
    if any(item.start < hint.at < item.end for item in session.speech):
        return True
    ended = max((item.end for item in session.speech if item.end <= hint.at), default=hint.at)
    return hint.at - min(ended, hint.heard) > LATE_S + _TOLERANCE_S


def _duplicates(hints: list[ReplayedHint]) -> int:
    return sum(
        any(
            hint.at - before.at <= _DUPLICATE_WINDOW_S and _same(hint, before)
            for before in hints[:number]
        )
        for number, hint in enumerate(hints)
    )


def _same(one: ReplayedHint, other: ReplayedHint) -> bool:
    """Whether two hints suggest the same, or share nearly all their words."""
    if one.texts("suggestion") and one.texts("suggestion") == other.texts("suggestion"):
        return True
    first, second = _words(one), _words(other)
    return len(first & second) >= _DUPLICATE * len(first | second)


def _words(hint: ReplayedHint) -> set[str]:
    texts = [text for (section, _), text in hint.sections.items() if section != "reminder"]
    return set(words.words(" ".join(texts)))
