"""One model answer on its way to the facilitator's screen."""

from dataclasses import dataclass, field

from coach.hints.events import (
    Action,
    CloseHint,
    OpenHint,
    Section,
    ShowSection,
)
from coach.hints.parser import Piece, SectionParser, is_thinking
from coach.hints.turns import Turn


@dataclass(slots=True)
class Draft:
    """A model call and what came of it; `requests` are the facilitator's that wait for it."""

    id: int
    turn: Turn
    asked_at: float
    heard: float
    sections: tuple[Section, ...]
    requests: list[str] = field(default_factory=list)
    urgent_since: float | None = None
    first_at: float | None = None
    ended: bool = False
    text: str = ""
    card: "ShownCard | None" = None
    parser: SectionParser = field(default_factory=SectionParser)

    @property
    def urgent(self) -> bool:
        """Whether the facilitator asked for this hint."""
        return self.urgent_since is not None

    def take(self, chunk: str, now: float) -> None:
        """More of the answer came in."""
        if self.first_at is None:
            self.first_at = now
        self.text = (self.text + chunk)[:200]
        self.parser.feed(chunk)

    def end(self) -> None:
        """The answer is complete."""
        self.ended = True
        self.parser.end()

    def pieces(self) -> list[Piece]:
        """The sections so far, without unwanted ones and "(coach is thinking…)" within one."""
        return [
            piece
            for piece in self.parser.pieces()
            if piece.section in self.sections and not is_thinking(piece.text)
        ]

    def thinking(self) -> bool:
        """Whether the whole answer says that there is nothing useful to say."""
        return is_thinking(self.text) or any(is_thinking(p.text) for p in self.parser.pieces())


@dataclass(slots=True)
class ShownCard:
    """A card on the facilitator's screen; every section goes out once for each change."""

    hint_id: str
    seq: int
    opened_at: float
    sections: dict[tuple[Section, int], tuple[str, bool]] = field(default_factory=dict)

    def update(self, pieces: list[Piece]) -> list[Action]:
        """Show what is new since the last time."""
        actions: list[Action] = []
        for piece in pieces:
            key, value = (piece.section, piece.index), (piece.text, piece.done)
            if self.sections.get(key) != value:
                self.sections[key] = value
                actions.append(
                    ShowSection(self.hint_id, piece.section, piece.text, piece.done, piece.index)
                )
        return actions

    def close(self, draft: Draft) -> CloseHint:
        """The card is complete; latencies from the end of speech."""
        first_at = draft.asked_at if draft.first_at is None else draft.first_at
        return CloseHint(
            self.hint_id,
            stt_ms=_ms(draft.turn.heard_at - draft.turn.said_until),
            llm_first_ms=_ms(first_at - draft.asked_at),
            total_ms=_ms(self.opened_at - draft.heard),
        )


def fixed_card(
    opened: OpenHint, lines: tuple[tuple[Section, str], ...], now: float
) -> list[Action]:
    """A card whose text is known: it comes up whole."""
    shown = [ShowSection(opened.hint_id, section, text, True) for section, text in lines]
    return [opened, *shown, CloseHint(opened.hint_id, 0, 0, _ms(now - opened.heard))]


def _ms(seconds: float) -> int:
    return max(0, round(seconds * 1000))
