"""`coach top`: what a terminal shows of a running coach."""

import asyncio
import io
from pathlib import Path

import pytest
from rich.console import Console
from tests.support.coach import free_port, run_coach
from tests.support.web_app import web_app

from coach.hints.events import CloseHint, DropHint, OpenHint
from coach.metrics import WebMetrics, WorkerMetrics, exposition
from coach.top import render
from coach.worker.clock import SessionClock
from coach.worker.observer import Observer

pytestmark = pytest.mark.integration

TOKEN = "metrics-token-of-the-test"


def screen(text: str) -> list[str]:
    console = Console(width=120, file=io.StringIO(), record=True)
    console.print(render(text))
    return [" ".join(line.replace("│", " ").split()) for line in console.export_text().split("\n")]


def test_it_shows_states_latencies_hints_and_errors() -> None:
    worker, web = WorkerMetrics(), WebMetrics(lambda: True)
    observer = Observer(worker, SessionClock(), 0.0)
    for seq, total_ms in enumerate((900, 1400, 1400, 30_000), start=1):
        observer.done(OpenHint(f"h{seq}", seq, f"t{seq}", 0.0))
        observer.done(CloseHint(f"h{seq}", 600, 700, total_ms))
    observer.done(DropHint("held_by_pace"))
    observer.trouble("llm", "llm_slow")
    with worker.session(lambda: ("listening", "granted")):
        lines = screen(exposition(web) + exposition(worker))
    assert lines[0] == "Worker registered 0 dispatches, 0 times missed"
    assert "listening 1 declined 0" in lines
    assert "waiting for consent 0 granted 1" in lines
    assert "first word 4 ≤ 1.5 > 10" in lines
    assert "speech to text 4 ≤ 0.75 ≤ 0.75" in lines
    assert "4 hint 1 held by pace 1 llm slow" in lines
    assert any(line.startswith("Resident memory: web app ") for line in lines)


def test_it_says_that_there_is_no_worker() -> None:
    lines = screen(exposition(WebMetrics(lambda: False)))
    assert lines[0].startswith("No worker")
    assert "first word 0 – –" in lines


async def test_it_reads_the_running_app_and_says_what_is_wrong(tmp_path: Path) -> None:
    async with web_app(tmp_path / "app", metrics_token=TOKEN) as client:
        there = {"coach_port": str(client.port)}

        async def run(**environment: str) -> tuple[int, str]:
            done = await asyncio.to_thread(
                run_coach, tmp_path, "top", "--once", environment=environment
            )
            return done.returncode, done.stdout + done.stderr

        code, text = await run(**there, metrics_token=TOKEN)
        assert code == 0, text
        assert "Worker registered" in text
        code, text = await run(**there)
        assert (code, "hint: set METRICS_TOKEN" in text) == (1, True), text
        code, text = await run(coach_port=str(free_port()))
        assert (code, "error: no coach answers on port" in text) == (1, True), text
