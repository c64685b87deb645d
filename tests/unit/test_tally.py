"""Figures of several processes, as one."""

import asyncio

import pytest
from tests.support.metrics import samples
from tests.support.web_app import eventually

from coach.metrics import WorkerMetrics, exposition
from coach.worker import tally
from coach.worker.tally import Tally, Teller, summed

pytestmark = pytest.mark.unit


def hints(figures: Tally) -> float:
    return samples(figures.exposition())["coach_hints_total", "hint"]


def test_counts_histograms_and_sessions_add_up() -> None:
    one, other = WorkerMetrics(), WorkerMetrics()
    for metrics, seconds in ((one, 0.2), (other, 3.5)):
        metrics.hints.labels("hint").inc(2)
        metrics.latency.labels("total").observe(seconds)
    with one.session(lambda: ("listening", "granted")):
        found = samples(summed([exposition(one), exposition(other)]))
    assert found["coach_hints_total", "hint"] == 4
    assert found["coach_hint_latency_seconds_count", "total"] == 2
    assert found["coach_hint_latency_seconds_sum", "total"] == 3.7
    assert found["coach_sessions", "listening"] == 1
    began = samples(exposition(one))["coach_worker_process_start_time_seconds", ""]
    assert found["coach_worker_process_start_time_seconds", ""] == began


async def test_of_a_process_that_ended_the_counts_stay_and_the_session_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tally, "SILENT_SECONDS", 0.0)
    figures, metrics = Tally(), WorkerMetrics()
    figures.metrics.hints.labels("hint").inc()
    with figures.listening() as told:
        with metrics.session(lambda: ("listening", "granted")):
            metrics.hints.labels("hint").inc()
            teller = Teller(told, 17, lambda: exposition(metrics))
            teller.end()
        await eventually(lambda: hints(figures) == 2)
        assert samples(figures.exposition())["coach_sessions", "listening"] == 0
        assert hints(figures) == 2


def test_telling_nobody_hurts_nobody() -> None:
    async def told() -> Teller:
        with Tally().listening() as end:
            return Teller(end, 17, lambda: exposition(WorkerMetrics()))

    asyncio.run(told()).end()
