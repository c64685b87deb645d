from pathlib import Path
from typing import Any

import pytest
from bench.figures import Sample, Taken, quantile, sample
from bench.report import BEGIN, END, Result, as_text, ratio, write
from bench.sides import HintTimes, our_progress, plain_progress

from coach.errors import CoachError

pytestmark = pytest.mark.unit

PAUSE_S = 0.55
HINT = HintTimes(first_word_at=101.7, suggestion_at=102.3, complete_at=103.0)


def call(kind: str, at: float, first_at: float, ended_at: float) -> dict[str, Any]:
    return {
        "kind": kind,
        "at": at,
        "first_at": first_at,
        "ended_at": ended_at,
        "audio_s": 6.0,
        "tail_s": 0.1,
    }


def taken(times: HintTimes = HINT) -> Taken:
    """Speech ends at 100 s and its sound takes 0.2 s; an earlier call was given up."""
    calls = [
        call("stt", 98.0, 0.0, 0.0),
        call("stt", 100.31, 100.95, 100.95),
        call("llm", 100.97, 101.67, 103.0),
    ]
    return Taken(100.0, 0.2, times, calls)


def made(times: HintTimes = HINT) -> Sample:
    one = sample(taken(times), PAUSE_S)
    assert one is not None
    return one


def test_where_the_first_words_time_went() -> None:
    one = made()
    assert one.first_word_ms == pytest.approx(1700)
    assert (one.hearing_ms, one.thinking_ms, one.showing_ms) == pytest.approx((10, 20, 30))
    assert one.own_ms == pytest.approx(60)
    assert one.sound_ms + one.silence_ms + one.provider_ms + one.own_ms == pytest.approx(1700)
    assert (one.stt_calls, one.llm_calls) == (2, 1)


def test_a_word_that_waits_for_the_pause_costs_nobody() -> None:
    one = sample(taken(), pause_s=1.49)
    assert one is not None
    assert one.showing_ms == pytest.approx(10)


def test_no_hint_gives_no_sample() -> None:
    assert sample(taken(HintTimes()), PAUSE_S) is None


def test_quantiles_lie_between_the_values() -> None:
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile([0.0, 10.0], 0.95) == pytest.approx(9.5)


def test_a_slower_side_shows_in_the_ratio_and_a_missed_hint_in_the_table() -> None:
    slow = made(HintTimes(103.4, 104.0, 105.0))
    ours, plain = Result("coach", [made()], [3]), Result("plain recipe", [slow])
    assert ratio(ours, plain) == pytest.approx(0.5)
    text = as_text("title", [ours, plain])
    assert "| End of speech → first hint word | 1700 ms | 1700 ms | 3400 ms | 3400 ms |" in text
    assert "coach: 1 hints, 1 missed" in text
    with pytest.raises(CoachError, match="coach showed no hint"):
        ratio(Result("coach"), plain)


def test_when_a_hint_can_be_read() -> None:
    line = '{"section": "summary", "text": "They", "done": false, "index": 0}\n'
    assert our_progress(line, False).first_word
    assert not our_progress(line[:-1], False).first_word
    assert not plain_progress("SUMMARY: The", False).first_word
    assert plain_progress("SUMMARY: They feel", False).first_word
    assert plain_progress("SUGGESTION: Wait.\n", True).complete


def test_the_report_keeps_its_surroundings(tmp_path: Path) -> None:
    path = tmp_path / "benchmark.md"
    path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write(path, "new")
    assert path.read_text(encoding="utf-8") == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CoachError, match="no place for the table"):
        write(path, "new")
