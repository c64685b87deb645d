"""Segments of speech become turns: what is said between two pauses that hold."""

from dataclasses import dataclass, field

from coach.hints import words
from coach.hints.events import Segment


@dataclass(slots=True)
class Turn:
    """What the partner said without a pause of the chosen length.

    `settled` names why no hint is due on it any more, and is empty while one may still come.
    `said_until` is when the last real word ended: text that is taken for invented does not count.
    `carried` is an earlier turn's text on which a hint was due when the partner went on.
    """

    number: int
    started: float
    ended: float
    said_until: float
    carried: str = ""
    parts: list[str] = field(default_factory=list)
    doubts: int = 0
    heard_at: float = 0.0
    drafts: int = 0
    settled: str = ""

    @property
    def text(self) -> str:
        """The words of this turn."""
        return words.joined(self.parts)

    @property
    def whole(self) -> str:
        """The words of this turn and those that it carries."""
        return words.joined((self.carried, *self.parts))


class Turns:
    """Knows whether the partner speaks, what is still with the recogniser, and the last turn."""

    def __init__(self, pause_s: float, last_number: int = 0) -> None:
        self.speaking = False
        self.silent_since: float | None = None
        self.last: Turn | None = None
        self._pause_s = pause_s
        self._number = last_number
        self._waiting: dict[int, Segment | None] = {}
        self._answered: set[int] = set()

    @property
    def waiting(self) -> bool:
        """Whether a segment is still with the recogniser."""
        return bool(self._waiting)

    def speech_started(self) -> None:
        """The partner began to speak."""
        self.speaking = True

    def speech_stopped(self, ended: float) -> None:
        """The partner fell silent at `ended`."""
        self.speaking = False
        self.silent_since = ended

    def cut(self, segment_id: int) -> None:
        """A segment went to the recogniser."""
        self._waiting[segment_id] = None

    def heard(self, segment: Segment) -> list[Segment]:
        """The segments whose place is now certain: answers may come out of order, words may not.

        What was never cut is not taken in.
        """
        if segment.id not in self._waiting:
            return []
        self._waiting[segment.id] = segment
        self._answered.add(segment.id)
        return self._released()

    def failed(self, segment_id: int) -> list[Segment]:
        """The recogniser gave up on a segment; those behind it may go on."""
        if segment_id in self._waiting:
            self._answered.add(segment_id)
        return self._released()

    def add(self, segment: Segment, *, doubtful: bool, now: float) -> Turn:
        """Put a segment into the turn it belongs to, and return that turn."""
        turn = self.last
        if turn is None or segment.started - turn.ended >= self._pause_s:
            turn = self._begin(segment)
        turn.ended = max(turn.ended, segment.ended)
        if doubtful:
            turn.doubts += 1
        elif segment.text.strip():
            turn.parts.append(segment.text.strip())
            turn.said_until = turn.ended
            turn.settled = ""
        turn.heard_at = now
        return turn

    def quiet(self) -> bool:
        """Whether the partner is silent and every word so far is known."""
        return not self.speaking and not self._waiting and self.silent_since is not None

    def _begin(self, segment: Segment) -> Turn:
        before = self.last
        self._number += 1
        turn = Turn(self._number, segment.started, segment.ended, said_until=segment.ended)
        if before and before.whole and not before.settled:
            turn.carried, turn.said_until = before.whole, before.said_until
        self.last = turn
        return turn

    def _released(self) -> list[Segment]:
        released: list[Segment] = []
        for segment_id in list(self._waiting):
            if segment_id not in self._answered:
                break
            segment = self._waiting.pop(segment_id)
            self._answered.discard(segment_id)
            if segment is not None:
                released.append(segment)
        return released
