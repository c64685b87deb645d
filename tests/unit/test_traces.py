"""One trace a turn: the time of each part, and never a word."""

from collections.abc import Sequence

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from coach.hints.events import (
    CancelDraft,
    CloseHint,
    CutHint,
    DraftDelta,
    DraftEnded,
    DraftFailed,
    DropHint,
    Message,
    NoteSegment,
    OpenHint,
    Segment,
    SegmentCut,
    SegmentFailed,
    SegmentHeard,
    ShowSection,
    StartDraft,
)
from coach.worker.clock import SessionClock
from coach.worker.traces import TurnTraces

pytestmark = pytest.mark.unit

SAID, HINTED = "I never told anyone about the letter", "They carry the letter alone"
SECOND_NS = 1_000_000_000


class StillClock(SessionClock):
    """Its time is what the test says."""

    def __init__(self) -> None:
        self._offset = 1_000.0
        self.at = 0.0

    def now(self) -> float:
        return self.at


class Told:
    """What a session's turns become."""

    def __init__(self) -> None:
        self._exporter = InMemorySpanExporter()
        provider = TracerProvider()
        provider.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.clock = StillClock()
        self.traces = TurnTraces(provider.get_tracer("test"), self.clock, "s1")

    def spans(self) -> Sequence[ReadableSpan]:
        return self._exporter.get_finished_spans()

    def hear(self, segment_id: int, turn_id: str, started: float, asked: float, at: float) -> None:
        self.clock.at = asked
        self.traces.happened(SegmentCut(segment_id))
        self.clock.at = at
        self.traces.happened(SegmentHeard(Segment(segment_id, SAID, started, asked)))
        self.traces.done(NoteSegment(segment_id, turn_id, SAID, ""))


def seconds(span: ReadableSpan) -> tuple[float, ...]:
    assert span.start_time is not None
    assert span.end_time is not None
    return tuple(round(at / SECOND_NS - 1_000, 3) for at in (span.start_time, span.end_time))


def about(span: ReadableSpan) -> dict[str, object]:
    return dict(span.attributes or {})


def test_a_turn_with_its_parts_and_no_word_of_it() -> None:
    told = Told()
    told.hear(1, "s1-t1", started=1.0, asked=5.0, at=5.6)
    told.traces.done(StartDraft(7, (Message("user", SAID),), 200))
    told.clock.at = 6.3
    told.traces.happened(DraftDelta(7, HINTED))
    told.traces.done(OpenHint("s1-h1", 1, "s1-t1", 5.0))
    told.traces.done(ShowSection("s1-h1", "summary", HINTED, True))
    told.clock.at = 7.0
    told.traces.happened(DraftEnded(7))
    told.traces.done(CloseHint("s1-h1", 600, 700, 1300))
    recognise, write, show, turn = told.spans()
    assert [seconds(span) for span in (recognise, write, show, turn)] == [
        (5.0, 5.6),
        (5.6, 7.0),
        (6.3, 7.0),
        (1.0, 7.0),
    ]
    assert turn.parent is None
    assert {span.parent.span_id for span in (recognise, write, show) if span.parent} == {
        turn.context.span_id
    }
    assert about(turn) == {"coach.session": "s1", "coach.turn": "s1-t1", "coach.outcome": "shown"}
    assert about(write)["coach.first_ms"] == 700
    assert about(show)["coach.total_ms"] == 1300
    everything = " ".join(span.to_json() for span in told.spans())
    assert not any(word in everything for word in ("letter", "anyone", "carry"))


def test_a_turn_that_comes_to_nothing_says_why() -> None:
    told = Told()
    told.hear(1, "s1-t1", started=1.0, asked=3.0, at=3.5)
    told.traces.done(StartDraft(1, (), 200))
    told.traces.done(CancelDraft(1))
    told.traces.done(StartDraft(2, (), 200))
    told.traces.happened(DraftFailed(2, "llm_unreachable"))
    told.traces.done(DropHint("late"))
    told.hear(2, "s1-t2", started=9.0, asked=10.0, at=10.2)
    assert [about(span)["coach.outcome"] for span in told.spans()] == [
        "heard",
        "cancelled",
        "llm_unreachable",
        "late",
    ]
    told.traces.happened(SegmentCut(3))
    told.traces.happened(SegmentFailed(3))
    told.traces.close()
    names = [(span.name, about(span)["coach.outcome"]) for span in told.spans()[4:]]
    assert names == [("recognise", "heard"), ("recognise", "failed"), ("turn", "none")]


def test_a_card_of_no_turn_hurts_nobody() -> None:
    told = Told()
    told.traces.done(OpenHint("s1-h1", 1, "", 0.0, "test"))
    told.traces.done(CutHint("s1-h1"))
    told.traces.done(DropHint("late"))
    told.traces.close()
    assert not told.spans()
