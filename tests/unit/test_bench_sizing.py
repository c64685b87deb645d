import json
import sys
from pathlib import Path

import pytest
from bench import sizing
from bench.sizing import BEGIN, END, MACHINES, Need, Needs, by_cores, by_memory, fleets, main, read

pytestmark = pytest.mark.unit

NEEDS = Needs(
    worker=Need(cores=0.1, first_mb=180, further_mb=5),
    web=Need(cores=0.025, first_mb=100, further_mb=0.5),
    server=Need(cores=0.01, first_mb=60, further_mb=8),
    most=8,
    title="measured somewhere",
)


def test_cores_are_shared_by_worker_and_web_app() -> None:
    assert by_cores(NEEDS, 1) == int(sizing.BUSY / 0.125)
    assert by_cores(NEEDS, 4) == int(4 * sizing.BUSY / 0.125)


def test_a_machine_that_is_too_small_carries_nobody() -> None:
    assert by_memory(NEEDS, 256) == 0


def test_another_worker_takes_its_memory_when_one_is_full() -> None:
    sessions = [by_memory(NEEDS, memory) for memory in range(256, 4096, 64)]
    assert sessions == sorted(sessions)
    one_full = (100 + 180 + 7 * 5) / sizing.FILLED + sizing.SYSTEM_MB
    assert by_memory(NEEDS, one_full + 1) == 8
    assert by_memory(NEEDS, one_full + 150) == 8
    assert by_memory(NEEDS, one_full + 180 / sizing.FILLED + 1) == 9


def test_many_sessions_take_so_many_workers_and_at_least_two_machines_of_each() -> None:
    worker, web, server = fleets(NEEDS, 10_000)
    assert worker.processes == 1250
    assert worker.machines * sizing.CORES >= worker.cores
    assert web.processes >= web.cores
    assert server.machines >= 2
    assert all(one.machines == 2 for one in fleets(NEEDS, 1))


def test_the_document_holds_the_tables_of_the_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = ("worker", "web app", "livekit-server")
    held = {
        "sessions": 5,
        "cores": dict.fromkeys(parts, 0.5),
        "memory_mb": dict.fromkeys(parts, 140.0),
    }
    run = {"title": "title", "first_mb": dict.fromkeys(parts, 100.0), "held": [held]}
    figures, document = tmp_path / "load.json", tmp_path / "scale.md"
    figures.write_text(json.dumps({"coach": run}))
    document.write_text(f"before\n{BEGIN}\n{END}\nafter\n")
    assert read(figures).worker == Need(0.1, 100.0, 10.0)
    monkeypatch.setattr(sys, "argv", ["sizing", str(figures), str(document)])
    main()
    text = document.read_text()
    assert "| worker | 0.100 | 100 | 10.0 |" in text
    assert "10,000 sessions" in text
    ended = [line for line in text.splitlines() if line.endswith(("| cores |", "| memory |"))]
    assert len(ended) == len(MACHINES)


def test_one_session_alone_tells_nothing_of_further_ones(tmp_path: Path) -> None:
    figures = tmp_path / "load.json"
    figures.write_text(json.dumps({"coach": {"held": [{"sessions": 1}]}}))
    with pytest.raises(ValueError, match="2 to 8 sessions"):
        read(figures)
