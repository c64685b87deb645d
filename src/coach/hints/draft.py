"""One model answer on its way to the facilitator's screen."""

from dataclasses import dataclass, field

from coach.hints.events import Action, CloseHint, NoteRepair, Section, ShowSection
from coach.hints.parser import Piece, SectionParser, is_thinking
from coach.hints.screen import Screen
from coach.hints.turns import Turn


@dataclass(slots=True)
class Draft:
    """A model call and what came of it; `requests` are the facilitator's that wait for it."""

    id: int
    turn: Turn
    asked_at: float
    heard: float
    sections: tuple[Section, ...]
    screen: Screen
    requests: list[str] = field(default_factory=list)
    urgent_since: float | None = None
    first_at: float | None = None
    ended: bool = False
    card: "ShownCard | None" = None
    _text: str = ""
    _parser: SectionParser = field(default_factory=SectionParser)

    @property
    def urgent(self) -> bool:
        """Whether the facilitator asked for this hint."""
        return self.urgent_since is not None

    @property
    def held(self) -> bool:
        """Whether it is neither on the screen nor asked for: it may still be dropped."""
        return self.card is None and not self.urgent

    def take(self, chunk: str, now: float) -> None:
        """More of the answer came in."""
        if self.first_at is None and chunk:
            self.first_at = now
        self._text = (self._text + chunk)[:200]
        self._parser.feed(chunk)

    def end(self) -> None:
        """The answer is complete."""
        self.ended = True
        self._parser.end()

    def shown(self) -> list[Piece]:
        """What of the answer so far may be shown."""
        wanted = [
            piece
            for piece in self._parser.pieces()
            if piece.section in self.sections and not is_thinking(piece.text)
        ]
        return self.screen.passed(wanted)

    def emptiness(self) -> str:
        """Why a complete answer shows nothing."""
        if self.screen.repairs:
            return self.screen.repairs[-1].rule
        pieces = self._parser.pieces()
        thinking = is_thinking(self._text) or any(is_thinking(piece.text) for piece in pieces)
        return "nothing_to_add" if thinking else "duplicate" if pieces else "no_sections"


@dataclass(slots=True)
class ShownCard:
    """A card on the facilitator's screen; every section goes out once for each change."""

    hint_id: str
    seq: int
    opened_at: float
    sections: dict[tuple[Section, int], tuple[str, bool]] = field(default_factory=dict)
    _noted: int = 0

    def update(self, draft: Draft, pieces: list[Piece]) -> list[Action]:
        """Show what is new since the last time, and note what the linter did meanwhile."""
        actions: list[Action] = []
        for piece in pieces:
            key, value = (piece.section, piece.index), (piece.text, piece.done)
            if self.sections.get(key) != value:
                self.sections[key] = value
                actions.append(
                    ShowSection(self.hint_id, piece.section, piece.text, piece.done, piece.index)
                )
        fresh = draft.screen.repairs[self._noted :]
        self._noted += len(fresh)
        notes = [NoteRepair(self.hint_id, fix.section, fix.rule, fix.dropped) for fix in fresh]
        return [*actions, *notes]

    def close(self, draft: Draft) -> CloseHint:
        """The card is complete; latencies from the end of speech."""
        first_at = draft.asked_at if draft.first_at is None else draft.first_at
        return CloseHint(
            self.hint_id,
            stt_ms=_ms(draft.turn.heard_at - draft.turn.said_until),
            llm_first_ms=_ms(first_at - draft.asked_at),
            total_ms=_ms(self.opened_at - draft.heard),
        )


def _ms(seconds: float) -> int:
    return max(0, round(seconds * 1000))
