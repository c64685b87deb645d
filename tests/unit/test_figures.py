"""A session in figures: times, counts, and nothing of what was said."""

import json
from dataclasses import asdict, replace

import pytest

from coach.hints.figures import Sums, Tally, percentile

pytestmark = pytest.mark.unit


def spoken(tally: Tally, *times: tuple[float, float]) -> None:
    for started, ended in times:
        tally.speech_started(started)
        tally.speech_stopped(ended)


def test_share_of_talk_and_longest_silence_of_the_partner() -> None:
    tally = Tally(began=100.0)
    tally.listening(True, 110.0)
    spoken(tally, (112.0, 132.0), (140.0, 150.0))
    figures = tally.read(160.0, [])
    assert (figures.duration_s, figures.listened_s) == (60, 50)
    assert figures.talk_share == 0.6
    assert figures.longest_silence_s == 10


def test_a_pause_is_neither_talk_nor_silence() -> None:
    tally = Tally(began=0.0)
    tally.listening(True, 0.0)
    tally.speech_started(5.0)
    tally.listening(False, 10.0)
    tally.speech_stopped(9.8)
    spoken(tally, (300.0, 310.0))
    tally.listening(True, 600.0)
    figures = tally.read(605.0, [])
    assert (figures.duration_s, figures.listened_s) == (605, 15)
    assert figures.talk_share == 0.33
    assert figures.longest_silence_s == 5


def test_what_still_goes_on_counts() -> None:
    tally = Tally(began=0.0)
    tally.listening(True, 0.0)
    assert tally.read(30.0, []).longest_silence_s == 30
    tally.listening(True, 31.0)
    tally.speech_started(40.0)
    tally.speech_started(41.0)
    figures = tally.read(80.0, [])
    assert (figures.talk_share, figures.longest_silence_s) == (0.5, 40)


def test_nothing_is_made_up_of_a_session_that_was_never_heard() -> None:
    figures = Tally(began=0.0).read(50.0, [])
    assert figures.duration_s == 50
    assert figures.talk_share is None
    assert figures.longest_silence_s is None
    assert figures.latency_p50_ms is None
    assert figures.latency_p95_ms is None


def test_hints_by_what_was_said_of_them_and_when_they_came() -> None:
    tally = Tally(began=0.0)
    for latency in (900, 1200, 1500, 4000):
        tally.hint_came(latency)
    figures = tally.read(10.0, ["used", "", "fewer", "not_now", "used"])
    assert (figures.hints_shown, figures.hints_used, figures.hints_dismissed) == (5, 2, 2)
    assert (figures.latency_p50_ms, figures.latency_p95_ms) == (1200, 4000)


def test_percentiles_are_values_that_were_measured() -> None:
    assert percentile([], 0.5) is None
    assert percentile([7], 0.95) == 7
    assert percentile(list(range(1, 101)), 0.95) == 95


def test_a_later_coach_goes_on_from_what_was_counted() -> None:
    whole, first = Tally(began=0.0), Tally(began=0.0)
    for tally in (whole, first):
        tally.listening(True, 0.0)
        tally.line_is("good", 0.0)
        spoken(tally, (10.0, 20.0))
        tally.hint_came(1500)
    second = Tally(began=0.0, earlier=Sums(**json.loads(json.dumps(asdict(first.sums(30.0))))))
    second.listening(True, 30.0)
    second.line_is("good", 30.0)
    assert second.read(40.0, ["used"]) == replace(
        whole.read(40.0, ["used"]), longest_silence_s=second.read(40.0, []).longest_silence_s
    )


def test_the_partners_connection_in_shares_of_the_known_time() -> None:
    tally = Tally(began=0.0)
    assert tally.read(5.0, []).line is None
    tally.line_is("good", 10.0)
    tally.line_is("weak", 40.0)
    tally.line_is(None, 50.0)
    assert tally.read(500.0, []).line == {"good": 0.75, "weak": 0.25}
