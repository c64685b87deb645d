"""How often hints may come, and how the facilitator's marks change that."""

from collections import deque
from dataclasses import dataclass

from coach.hints.events import Pace, Verdict

WINDOW_S = 600.0
"""The budget counts the hints of the last ten minutes."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A pace in figures: the shortest time between two hints, and the most in ten minutes."""

    gap_s: float
    budget: int


RHYTHMS: dict[Pace, Rhythm] = {
    "quiet": Rhythm(45.0, 6),
    "balanced": Rhythm(20.0, 15),
    "lively": Rhythm(8.0, 30),
}
_FACTORS: dict[Verdict, float] = {"used": 0.9, "not_now": 1.5, "fewer": 2.25}
_LEAST, _MOST = 0.75, 4.0
_LONGEST_GAP_S = 120.0


class Pacing:
    """When the next hint may be shown."""

    def __init__(self, pace: Pace) -> None:
        self.pace: Pace = pace
        self._factor = 1.0
        self._shown: deque[float] = deque()
        self._last: float | None = None
        self._not_before = 0.0

    @property
    def gap_s(self) -> float:
        """The shortest time between two hints now."""
        longest = max(_LONGEST_GAP_S, RHYTHMS[self.pace].gap_s)
        return min(longest, RHYTHMS[self.pace].gap_s * self._factor)

    def choose(self, pace: Pace) -> None:
        """The facilitator chose a pace: what earlier marks changed is undone."""
        self.pace = pace
        self._factor = 1.0
        self._not_before = 0.0

    def mark(self, verdict: Verdict, now: float) -> None:
        """A hint was marked: the gap changes, within bounds; after "not now" it starts afresh."""
        self._factor = min(_MOST, max(_LEAST, self._factor * _FACTORS[verdict]))
        if verdict == "not_now":
            self._not_before = now + self.gap_s

    def shown(self, at: float, *, budgeted: bool = True) -> None:
        """A card came up; one that is not budgeted still keeps its distance to the next."""
        self._last = at
        if budgeted:
            self._shown.append(at)

    def next_at(self, now: float) -> float:
        """The earliest time at which a hint may come up; in the past when it may at once."""
        while self._shown and self._shown[0] <= now - WINDOW_S:
            self._shown.popleft()
        after_gap = now if self._last is None else self._last + self.gap_s
        after_gap = max(after_gap, self._not_before)
        if len(self._shown) < RHYTHMS[self.pace].budget:
            return after_gap
        return max(after_gap, self._shown[-RHYTHMS[self.pace].budget] + WINDOW_S)
