import json
from pathlib import Path

import psutil
import pytest
from bench.crowd import Held
from bench.listening import Listener
from bench.load_report import Run, as_text, further_mb, keep, knee
from bench.script import next_answer, spoken_texts
from bench.sound import RATE, load_sound
from bench.usage import Meter, tree

pytestmark = pytest.mark.unit

CORES = {"worker": 0.4, "livekit-server": 0.1, "people and provider": 0.3, "machine": 0.9}


def held(sessions: int, waits_ms: list[float], dropped: int = 0) -> Held:
    memory = {"worker": 150.0 + 10 * sessions, "livekit-server": 40.0}
    return Held(sessions, waits_ms, dropped, 0, CORES, memory)


def run(*stretches: Held) -> Run:
    return Run("coach", list(stretches), {"worker": 160.0, "livekit-server": 40.0})


def test_the_provider_hears_which_words_were_said() -> None:
    listener = Listener(spoken_texts())
    for said in spoken_texts():
        samples = load_sound(said.path).samples
        assert listener.words(samples // 2, RATE) == said.text
        middle = listener.words(samples[2 * RATE : 4 * RATE], RATE)
        assert middle
        assert middle in said.text
    assert listener.words(samples[:RATE] * 0, RATE) == ""


def test_each_answer_is_another_than_those_that_the_request_lists() -> None:
    first = next_answer("nothing yet")
    second = next_answer(json.dumps({"given": first}))
    third = next_answer(json.dumps({"given": [first, second]}))
    assert len({first, second, third}) == 3


def test_the_knee_is_where_the_slowest_turns_take_twice_as_long() -> None:
    assert knee(run(held(2, [100.0, 110.0]))) is None
    assert knee(run(held(2, [100.0, 110.0]), held(4, [100.0, 219.0]))) is None
    assert knee(run(held(2, [100.0, 110.0]), held(4, [100.0, 130.0]), held(6, [230.0] * 3))) == 6


def test_a_dropped_turn_is_a_slow_one() -> None:
    assert knee(run(held(2, [100.0]), held(4, [100.0] * 4, dropped=1))) == 4


def test_memory_of_each_further_session() -> None:
    assert further_mb(run(held(5, [1.0])), "worker") == pytest.approx(10)
    assert further_mb(run(held(1, [1.0])), "worker") is None
    assert further_mb(run(held(5, [1.0])), "web app") is None


def test_the_report_says_that_the_people_share_the_cores(tmp_path: Path) -> None:
    text = as_text("title", [run(held(4, [100.0, 200.0], dropped=1))])
    assert "| dropped turns | 1 |" in text
    assert "| worker, cores a session | 0.100 |" in text
    assert "same cores" in text
    keep(tmp_path / "load.json", "title", [run(held(4, [100.0]))])
    kept = json.loads((tmp_path / "load.json").read_text())
    assert kept["coach"]["held"][0]["sessions"] == 4


def test_a_process_is_weighed_with_its_children() -> None:
    meter = Meter({"tests": tree(psutil.Process().pid)})
    with meter.stretch() as cores:
        sum(range(1_000_000))
    assert cores["tests"] > 0
    assert cores["machine"] > 0
    assert meter.memory_mb()["tests"] > 10
