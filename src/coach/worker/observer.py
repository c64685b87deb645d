"""Looks on at a session, for the operator's metrics and the facilitator's figures."""

from coach.hints.events import (
    Action,
    AnswerHintNow,
    CloseHint,
    CutHint,
    DropHint,
    Event,
    NoteRepair,
    OpenHint,
    SpeechStarted,
    SpeechStopped,
)
from coach.hints.figures import Figures, Line, Sums, Tally
from coach.metrics import ERRORS, WorkerMetrics
from coach.worker.clock import SessionClock


class Observer:
    """One per session; it changes nothing of what it sees. The session is `age_seconds` old, and
    `earlier` is what the coach before this one had counted.
    """

    def __init__(
        self,
        metrics: WorkerMetrics,
        clock: SessionClock,
        age_seconds: float,
        earlier: Sums | None = None,
    ) -> None:
        self._metrics = metrics
        self._clock = clock
        self._began = clock.now() - age_seconds
        self._tally = Tally(self._began, earlier)
        self._unasked: dict[str, int] = {}

    def happened(self, event: Event) -> None:
        """An event goes to the engine now."""
        match event:
            case SpeechStarted():
                self._tally.speech_started(self._clock.now())
            case SpeechStopped():
                self._tally.speech_stopped(event.ended)

    def done(self, action: Action) -> None:
        """The engine wants this."""
        match action:
            case OpenHint():
                self._opened(action)
            case AnswerHintNow():
                self._answered(action)
            case CloseHint():
                self._closed(action)
            case CutHint():
                self._unasked.pop(action.hint_id, None)
                self._metrics.cut.inc()
            case DropHint():
                self._metrics.dropped.labels(action.rule).inc()
            case NoteRepair():
                self._metrics.repaired.labels(action.rule).inc()

    def listening(self, on: bool) -> None:
        """Whether the partner's microphone is heard from now on."""
        self._tally.listening(on, self._clock.now())

    def line_is(self, line: Line | None) -> None:
        """How the partner's connection is from now on; None when that isn't known."""
        self._tally.line_is(line, self._clock.now())

    def forget(self) -> None:
        """Count anew."""
        self._tally = Tally(self._began)

    def sums(self) -> Sums:
        """What the figures are made of."""
        return self._tally.sums(self._clock.now())

    def trouble(self, part: str, reason: str) -> None:
        """A part's failure by its status reason; limits of our own are none of its failures."""
        if reason.removeprefix(f"{part}_") in ERRORS:
            self._metrics.provider_failed(part, reason)

    def figures(self, verdicts: list[str]) -> Figures:
        """Of the session so far; `verdicts` on its hints, "" where there is none."""
        return self._tally.read(self._clock.now(), verdicts)

    def _opened(self, card: OpenHint) -> None:
        self._metrics.hints.labels(card.card).inc()
        if card.card == "hint":
            self._unasked[card.hint_id] = card.seq

    def _answered(self, answer: AnswerHintNow) -> None:
        """A hint on request comes long after the words it is about: its time tells nothing."""
        asked = [hint_id for hint_id, seq in self._unasked.items() if seq == answer.seq]
        for hint_id in asked:
            del self._unasked[hint_id]

    def _closed(self, card: CloseHint) -> None:
        if self._unasked.pop(card.hint_id, None) is None:
            return
        self._tally.hint_came(card.total_ms)
        stages = (("stt", card.stt_ms), ("llm_first", card.llm_first_ms), ("total", card.total_ms))
        for stage, milliseconds in stages:
            self._metrics.latency.labels(stage).observe(milliseconds / 1000)
