"""One trace a turn, for who wants to see where the time goes. Never a word of what was said.

LiveKit's library has spans of its own, which may carry transcripts and model requests: they are
given no provider. Ours tell times, ids, kinds and counts.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import NoOpTracer, Span, Tracer, set_span_in_context

from coach.hints.events import (
    Action,
    CancelDraft,
    CloseHint,
    CutHint,
    DraftDelta,
    DraftEnded,
    DraftFailed,
    DropHint,
    Event,
    NoteSegment,
    OpenHint,
    SegmentCut,
    SegmentFailed,
    SegmentHeard,
    StartDraft,
)
from coach.settings import Settings
from coach.worker.clock import SessionClock

SERVICE = "silent-coach"
EXPORT_SECONDS = 2.0
MILLION = 1_000_000

Attributes = Mapping[str, str | int | bool]


@contextmanager
def tracing(settings: Settings) -> Iterator[Tracer]:
    """A tracer that sends to OTEL_EXPORTER_OTLP_ENDPOINT, or one that does nothing. What is still
    to be sent is, at the end of the block.
    """
    if settings.otel_exporter_otlp_endpoint is None:
        yield NoOpTracer()
        return
    provider = provider_for(settings)
    try:
        yield provider.get_tracer("coach.worker")
    finally:
        provider.shutdown()


def provider_for(settings: Settings) -> TracerProvider:
    """Of the collector in the settings."""
    exporter = OTLPSpanExporter(
        f"{settings.otel_exporter_otlp_endpoint}/v1/traces",
        headers=settings.otlp_headers(),
        timeout=EXPORT_SECONDS,
    )
    resource = Resource({SERVICE_NAME: SERVICE})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of work within a turn; seconds on the session's clock."""

    name: str
    began: float
    ended: float
    attributes: Attributes


@dataclass(slots=True)
class _Draft:
    began: float
    first: float | None = None
    characters: int = 0


@dataclass(slots=True)
class _Turn:
    turn_id: str
    began: float
    ended: float
    outcome: str = "none"
    parts: list[_Part] = field(default_factory=list)


class TurnTraces:
    """Of one session: looks at what enters and leaves the engine, and tells each turn when it is
    over.
    """

    def __init__(self, tracer: Tracer, clock: SessionClock, session_id: str) -> None:
        self._tracer = tracer
        self._clock = clock
        self._session_id = session_id
        self._turn: _Turn | None = None
        self._cut: dict[int, float] = {}
        self._heard: dict[int, tuple[float, float]] = {}
        self._drafts: dict[int, _Draft] = {}
        self._cards: dict[str, tuple[OpenHint, float]] = {}

    def happened(self, event: Event) -> None:
        """An event goes to the engine now."""
        now = self._clock.now()
        match event:
            case SegmentCut(segment_id):
                self._cut[segment_id] = now
            case SegmentHeard(segment):
                self._heard[segment.id] = (segment.started, now)
            case SegmentFailed(segment_id):
                self._part("recognise", self._cut.pop(segment_id, now), {"outcome": "failed"})
            case DraftDelta(draft_id, text) if draft := self._drafts.get(draft_id):
                draft.first = draft.first or now
                draft.characters += len(text)
            case DraftEnded(draft_id):
                self._wrote(draft_id, "ended")
            case DraftFailed(draft_id, reason):
                self._wrote(draft_id, reason)

    def done(self, action: Action) -> None:
        """The engine wants this now."""
        match action:
            case NoteSegment():
                self._noted(action)
            case StartDraft():
                self._drafts[action.draft_id] = _Draft(self._clock.now())
            case CancelDraft():
                self._wrote(action.draft_id, "cancelled")
            case OpenHint():
                self._cards[action.hint_id] = action, self._clock.now()
            case CloseHint():
                times = {"stt_ms": action.stt_ms, "llm_first_ms": action.llm_first_ms}
                self._showed(action.hint_id, "shown", times | {"total_ms": action.total_ms})
            case CutHint():
                self._showed(action.hint_id, "cut", {})
            case DropHint() if self._turn:
                self._turn.outcome = action.rule

    def close(self) -> None:
        """Tell the turn that is not yet over."""
        if self._turn:
            self._tell(self._turn)
        self._turn = None

    def _noted(self, note: NoteSegment) -> None:
        now = self._clock.now()
        started, answered = self._heard.pop(note.segment_id, (now, now))
        if self._turn is None or self._turn.turn_id != note.turn_id:
            self.close()
            self._turn = _Turn(note.turn_id, started, answered)
        asked = self._cut.pop(note.segment_id, started)
        about: Attributes = {"outcome": note.doubt or "heard", "characters": len(note.text)}
        self._part("recognise", asked, about)

    def _wrote(self, draft_id: int, outcome: str) -> None:
        if (draft := self._drafts.pop(draft_id, None)) is None:
            return
        about: dict[str, str | int] = {"outcome": outcome, "characters": draft.characters}
        if draft.first is not None:
            about["first_ms"] = round(1000 * (draft.first - draft.began))
        self._part("write", draft.began, about)

    def _showed(self, hint_id: str, outcome: str, times: Attributes) -> None:
        card, opened = self._cards.pop(hint_id, (None, 0.0))
        if card is None:
            return
        about = {"outcome": outcome, "card": card.card, "seq": card.seq, **times}
        self._part("show", opened, about)
        if self._turn and card.card == "hint":
            self._turn.outcome = outcome
            self.close()

    def _part(self, name: str, began: float, attributes: Attributes) -> None:
        if self._turn:
            self._turn.ended = self._clock.now()
            self._turn.parts.append(_Part(name, began, self._turn.ended, attributes))

    def _tell(self, turn: _Turn) -> None:
        about = {"session": self._session_id, "turn": turn.turn_id, "outcome": turn.outcome}
        whole = self._start("turn", min([turn.began, *(part.began for part in turn.parts)]), about)
        for part in turn.parts:
            span = self._start(part.name, part.began, part.attributes, whole)
            span.end(self._ns(part.ended))
        whole.end(self._ns(turn.ended))

    def _start(
        self, name: str, began: float, attributes: Attributes, inside: Span | None = None
    ) -> Span:
        return self._tracer.start_span(
            name,
            context=set_span_in_context(inside) if inside else None,
            attributes={f"coach.{key}": value for key, value in attributes.items()},
            start_time=self._ns(began),
        )

    def _ns(self, moment: float) -> int:
        return self._clock.epoch_ms(moment) * MILLION
