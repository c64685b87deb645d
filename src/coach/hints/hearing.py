"""From speech events to turns: judged, guarded against invented text, scanned for risk."""

from dataclasses import dataclass, field

from coach.hints import words
from coach.hints.config import EngineConfig
from coach.hints.context import Context
from coach.hints.events import (
    Event,
    NoteSegment,
    Segment,
    SegmentCut,
    SegmentFailed,
    SegmentHeard,
    SpeechStarted,
    SpeechStopped,
)
from coach.hints.guard import doubt, surely_invented
from coach.hints.judge import Judge, Judgement
from coach.hints.safety import Risk, scan
from coach.hints.turns import Turn, Turns

_OVERLAP_CHARACTERS = 160


@dataclass(slots=True)
class Heard:
    """What came of an event: transcript entries, and risks with the end of the words."""

    notes: list[NoteSegment] = field(default_factory=list)
    risks: list[tuple[Risk, float]] = field(default_factory=list)


class Hearing:
    """The partner as the engine knows them: speaking or silent, and what they said."""

    def __init__(
        self, config: EngineConfig, session: str, context: Context, last_turn: int
    ) -> None:
        self.turns = Turns(config.pause_s, last_turn)
        self._config, self._session, self._context = config, session, context
        self._judge = Judge()
        self._raised: dict[str, float] = {}
        self._judged: tuple[int, str, Judgement] | None = None

    def take(self, event: Event, now: float) -> Heard:
        """Take in an event of speech."""
        heard = Heard()
        match event:
            case SpeechStarted():
                self.turns.speech_started()
            case SpeechStopped(ended):
                self.turns.speech_stopped(ended)
            case SegmentCut(segment_id):
                self.turns.cut(segment_id)
            case SegmentHeard(segment):
                self._listen_for_risk(segment, segment.text, heard)
                self._place(self.turns.heard(segment), now, heard)
            case SegmentFailed(segment_id):
                self._place(self.turns.failed(segment_id), now, heard)
        return heard

    def turn_id(self, turn: Turn) -> str:
        """The turn's name in the whole product."""
        return f"{self._session}-t{turn.number}"

    def judgement(self, turn: Turn) -> Judgement:
        """Whether the turn as it stands calls for a hint."""
        text = turn.whole
        if self._judged is None or self._judged[:2] != (turn.number, text):
            self._judged = (turn.number, text, self._judge.judge(turn))
        return self._judged[2]

    def conclude(self, turn: Turn, reason: str) -> None:
        """Nothing more is due on this turn."""
        if turn.whole and not turn.settled:
            self._judge.remember(turn, self.judgement(turn))
        turn.settled = reason

    def ready_at(self, turn: Turn) -> float:
        """When the pause that ends the turn has held; words that plainly go on get longer."""
        since = turn.ended if self.turns.silent_since is None else self.turns.silent_since
        unfinished = bool(turn.whole) and self.judgement(turn).unfinished
        pause_s = self._config.unfinished_pause_s if unfinished else 0.0
        return since + max(self._config.pause_s, pause_s)

    def _place(self, segments: list[Segment], now: float, heard: Heard) -> None:
        for segment in segments:
            rule = doubt(segment)
            before = self.turns.last
            turn = self.turns.add(segment, doubtful=bool(rule), now=now)
            if before is not None and turn is not before:
                self._context.add_turn(before.text)
            heard.notes.append(NoteSegment(segment.id, self.turn_id(turn), segment.text, rule))
            if not rule and len(turn.parts) > 1:
                said = words.joined(turn.parts)
                tail = said[-len(segment.text) - _OVERLAP_CHARACTERS :]
                self._listen_for_risk(segment, tail, heard)

    def _listen_for_risk(self, segment: Segment, text: str, heard: Heard) -> None:
        """One card for each risk and stretch of speech, whatever else holds hints back."""
        if surely_invented(segment):
            return
        for risk in scan(text):
            last = self._raised.get(risk.rule)
            self._raised[risk.rule] = segment.ended
            if last is None or segment.started - last >= self._config.pause_s:
                heard.risks.append((risk, segment.ended))
