"""What the operator's Prometheus gets to read, and what never stands in it."""

from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families as parsed
from tests.support.metrics import samples

from coach.hints.events import (
    AnswerHintNow,
    CloseHint,
    CutHint,
    DropHint,
    NoteRepair,
    OpenHint,
    ShowSection,
)
from coach.metrics import WorkerMetrics, exposition
from coach.worker.clock import SessionClock
from coach.worker.observer import Observer
from coach.worker.trouble import LOG_LINES
from coach.worker_state import WorkerState

pytestmark = pytest.mark.unit

LINE_LIMIT = 64 * 1024
SESSION = "4f6c2d"


@pytest.fixture
def metrics() -> WorkerMetrics:
    return WorkerMetrics()


@pytest.fixture
def observer(metrics: WorkerMetrics) -> Observer:
    return Observer(metrics, SessionClock(), 0.0)


def card(seq: int, kind: Any = "hint") -> OpenHint:
    return OpenHint(f"{SESSION}-h{seq}", seq, f"{SESSION}-t{seq}", 0.0, kind)


def closed(seq: int, total_ms: int) -> CloseHint:
    return CloseHint(f"{SESSION}-h{seq}", 600, 700, total_ms)


def test_hints_are_counted_by_kind_and_by_what_became_of_them(
    metrics: WorkerMetrics, observer: Observer
) -> None:
    shown = ShowSection(f"{SESSION}-h1", "summary", "They feel alone.", True)
    for action in (card(1), shown, closed(1, 1700), card(2, "safety"), closed(2, 90), card(3)):
        observer.done(action)
    observer.done(CutHint(f"{SESSION}-h3"))
    observer.done(DropHint("late"))
    observer.done(NoteRepair(f"{SESSION}-h1", "summary", "advice", dropped=False))
    found = samples(exposition(metrics))
    assert found["coach_hints_total", "hint"] == 2
    assert found["coach_hints_total", "safety"] == 1
    assert found["coach_hints_total", "test"] == 0
    assert found["coach_hints_cut_total", ""] == 1
    assert found["coach_hints_dropped_total", "late"] == 1
    assert found["coach_hints_repaired_total", "advice"] == 1
    assert found["coach_hint_latency_seconds_count", "total"] == 1
    assert found["coach_hint_latency_seconds_sum", "total"] == 1.7
    assert found["coach_hint_latency_seconds_sum", "stt"] == 0.6


def test_a_hint_on_request_tells_nothing_of_latency(
    metrics: WorkerMetrics, observer: Observer
) -> None:
    for action in (card(1), AnswerHintNow("r1", 1, ""), closed(1, 90_000)):
        observer.done(action)
    found = samples(exposition(metrics))
    assert found["coach_hints_total", "hint"] == 1
    assert found["coach_hint_latency_seconds_count", "total"] == 0
    assert observer.figures([""]).latency_p50_ms is None


def test_provider_errors_have_a_part_and_a_kind_and_start_at_zero(
    metrics: WorkerMetrics, observer: Observer
) -> None:
    before = samples(exposition(metrics))
    for reason in LOG_LINES:
        part = reason[:3] if reason[:3] in ("stt", "llm") else "stt"
        observer.trouble(part, reason)
        kind = reason.removeprefix(f"{part}_")
        assert before["coach_provider_errors_total", f"{kind},{part}"] == 0
        assert samples(exposition(metrics))["coach_provider_errors_total", f"{kind},{part}"] == 1


def test_our_own_limits_are_no_provider_errors(metrics: WorkerMetrics, observer: Observer) -> None:
    before = samples(exposition(metrics))
    observer.trouble("llm", "calls_limit")
    observer.trouble("llm", "")
    after = samples(exposition(metrics))
    errors = [key for key in before if key[0] == "coach_provider_errors_total"]
    assert [after[key] for key in errors] == [0] * len(errors)
    assert len([key for key in after if key[0] == "coach_provider_errors_total"]) == len(errors)


def test_sessions_by_state_and_consent_as_they_are_now(metrics: WorkerMetrics) -> None:
    standing = ["waiting_for_consent", ""]
    with metrics.session(lambda: (standing[0], standing[1])):
        found = samples(exposition(metrics))
        assert found["coach_sessions", "waiting_for_consent"] == 1
        assert found["coach_consents", "none"] == 1
        standing[:] = ["listening", "granted"]
        found = samples(exposition(metrics))
        assert found["coach_sessions", "listening"] == 1
        assert found["coach_sessions", "waiting_for_consent"] == 0
        assert found["coach_consents", "granted"] == 1
    found = samples(exposition(metrics))
    assert sum(value for key, value in found.items() if key[0] == "coach_sessions") == 0


def test_memory_is_told(metrics: WorkerMetrics) -> None:
    found = samples(exposition(metrics))
    assert found["coach_worker_process_resident_memory_bytes", ""] > 10_000_000


def test_labels_and_their_number_stay_small(metrics: WorkerMetrics, observer: Observer) -> None:
    """What a worker tells its parent is one line, which the parent's pipe must take."""
    for number in range(1, 40):
        for action in (card(number), closed(number, 1000), DropHint("late"), DropHint("duplicate")):
            observer.done(action)
    text = exposition(metrics)
    assert SESSION not in text
    assert len(text) < LINE_LIMIT / 3
    names = {
        name
        for family in parsed(text)
        for sample in family.samples
        for name in sample.labels
        if family.name.startswith("coach_")
    }
    assert names <= {"card", "rule", "stage", "le", "part", "kind", "state", "consent"}


def test_the_parent_has_the_worker_s_figures_while_it_lives() -> None:
    worker = WorkerState()
    worker.heard("registered")
    worker.heard('metrics "coach_jobs_total 1.0\\n"')
    assert worker.ready()
    assert worker.metrics() == "coach_jobs_total 1.0\n"
    worker.heard("lost")
    assert not worker.ready()
    assert worker.metrics()
    worker.heard("")
    assert worker.metrics() == ""
