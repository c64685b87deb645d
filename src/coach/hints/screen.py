"""Between the parser and the facilitator's eyes: what of an answer may be shown."""

from dataclasses import dataclass, field

from coach.hints.events import Section
from coach.hints.linter import growing, lint
from coach.hints.parser import Piece
from coach.hints.prompts import Limits
from coach.hints.similarity import Earlier

Place = tuple[Section, int]


@dataclass(frozen=True, slots=True)
class Repair:
    """A section that was changed or dropped, and the rule that asked for it."""

    section: Section
    rule: str
    dropped: bool


@dataclass(slots=True)
class Screen:
    """Passes the pieces of one answer; what it decided on a complete piece stands.

    A summary may be shown while it grows, anything else once it is complete.
    """

    limits: Limits
    said: str
    earlier: Earlier
    repairs: list[Repair] = field(default_factory=list)
    _decided: dict[Place, str] = field(default_factory=dict)
    _growing: str = ""

    def passed(self, pieces: list[Piece]) -> list[Piece]:
        """The pieces that may be shown, follow-ups counted anew."""
        shown: list[Piece] = []
        for piece in pieces:
            text = self._text(piece)
            if text:
                index = sum(other.section == piece.section for other in shown)
                shown.append(Piece(piece.section, index, text, piece.done))
        return shown

    def may_open(self, shown: list[Piece]) -> bool:
        """Whether enough is known to begin a card: that it won't repeat an earlier one."""
        if not shown:
            return False
        first = shown[0]
        if first.section != "summary":
            return True
        if not first.done:
            return not self.earlier.may_repeat(first.text)
        if not self.earlier.repeats("summary", first.text):
            return True
        return any(piece.section == "suggestion" for piece in shown)

    def _text(self, piece: Piece) -> str:
        place = (piece.section, piece.index)
        if place in self._decided:
            return self._decided[place]
        if not piece.done:
            self._growing = growing(piece.text, self.limits) if piece.section == "summary" else ""
            return self._growing
        self._decided[place] = self._decide(piece)
        return self._decided[place]

    def _decide(self, piece: Piece) -> str:
        linted = lint(piece.section, piece.text, self.limits, self.said)
        text, rule = linted.text, linted.rule
        repeated = piece.section != "summary" and self.earlier.repeats(piece.section, text)
        if text and repeated:
            text, rule = "", "duplicate"
        if not text and piece.section == "summary":
            text = self._growing
        if rule:
            self.repairs.append(Repair(piece.section, rule, dropped=not text))
        return text
