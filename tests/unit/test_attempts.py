"""How long a dispatched coach is waited for before another is sent."""

import time

import pytest
from livekit import api
from livekit.protocol.agent import JobStatus
from livekit.protocol.models import ParticipantInfo

from coach.web.attempts import (
    CALM_SECONDS,
    JOIN_GRACE_SECONDS,
    STAYED_SECONDS,
    TAKE_SECONDS,
    Attempts,
)

pytestmark = pytest.mark.unit

NOW = 1000.0
FIRST, SECOND = JOIN_GRACE_SECONDS[:2]
HOUR_S = 3600.0


def dispatch(name: str = "AD_1", ago: float = 0.0, *, taken: bool = True) -> api.AgentDispatch:
    made = api.AgentDispatch(id=name)
    made.state.created_at = int((time.time() - ago) * 1e9)
    if taken:
        made.state.jobs.add().state.status = JobStatus.JS_RUNNING
    return made


def coach(ago: float) -> ParticipantInfo:
    return ParticipantInfo(identity="coach", joined_at_ms=int((time.time() - ago) * 1e3))


def test_a_dispatched_coach_has_some_seconds_to_join() -> None:
    attempts, made = Attempts(), dispatch()
    attempts.add(made, NOW)
    assert attempts.is_coming(made, None, NOW + FIRST - 0.1)
    assert not attempts.is_coming(made, None, NOW + FIRST + 0.1)


def test_a_dispatch_that_no_worker_takes_is_soon_made_again() -> None:
    attempts, made = Attempts(), dispatch(taken=False)
    attempts.add(made, NOW)
    assert attempts.is_coming(made, None, NOW + TAKE_SECONDS - 0.1)
    assert not attempts.is_coming(made, None, NOW + TAKE_SECONDS + 0.1)


def test_each_one_in_a_row_that_does_not_come_is_waited_for_longer() -> None:
    attempts = Attempts()
    attempts.add(dispatch("AD_1"), NOW)
    made = dispatch("AD_2")
    attempts.add(made, NOW + FIRST)
    assert attempts.is_coming(made, None, NOW + FIRST + SECOND - 0.1)
    assert not attempts.is_coming(made, None, NOW + FIRST + SECOND + 0.1)
    later = NOW + FIRST + CALM_SECONDS + 1
    made = dispatch("AD_3")
    attempts.add(made, later)
    assert not attempts.is_coming(made, None, later + FIRST + 0.1)


def test_a_coach_that_stayed_for_a_while_is_not_waited_for_and_clears_the_row() -> None:
    attempts = Attempts()
    for number in range(3):
        attempts.add(dispatch(f"AD_{number}"), NOW + number)
    made = dispatch("AD_last", ago=STAYED_SECONDS + 3)
    attempts.add(made, NOW + 3)
    assert not attempts.is_coming(made, coach(ago=STAYED_SECONDS + 1), NOW + 14)
    attempts.add(dispatch("AD_next"), NOW + 14)
    assert not attempts.is_coming(dispatch("AD_next"), None, NOW + 14 + FIRST + 0.1)


def test_one_that_dies_as_soon_as_it_has_come_is_not_replaced_at_once() -> None:
    attempts, made = Attempts(), dispatch(ago=4)
    attempts.add(made, NOW)
    assert attempts.is_coming(made, coach(ago=3), NOW + 4)


def test_a_coach_that_was_there_before_says_nothing_about_this_dispatch() -> None:
    attempts, made = Attempts(), dispatch(ago=2)
    attempts.add(made, NOW)
    assert attempts.is_coming(made, coach(ago=60), NOW + 2)


def test_a_job_that_has_ended_brings_nobody() -> None:
    attempts, made = Attempts(), dispatch(taken=False)
    attempts.add(made, NOW)
    made.state.jobs.add().state.status = JobStatus.JS_FAILED
    assert not attempts.is_coming(made, None, NOW)


@pytest.mark.parametrize("jump", [HOUR_S, -HOUR_S])
def test_a_clock_that_jumps_holds_back_nobody_for_long(jump: float) -> None:
    attempts, made = Attempts(), dispatch(ago=jump)
    attempts.add(made, NOW)
    assert not attempts.is_coming(made, None, NOW + FIRST + 0.1)


def test_another_ones_dispatch_counts_from_when_it_was_made() -> None:
    attempts = Attempts()
    assert attempts.is_coming(dispatch(ago=FIRST - 1), None, NOW)
    assert not attempts.is_coming(dispatch("AD_2", ago=FIRST + 1), None, NOW)


def test_a_listed_coach_of_a_worker_that_ended_is_lost_at_the_first_miss() -> None:
    attempts = Attempts()
    attempts.add(dispatch(), NOW)
    assert attempts.is_lost(NOW + 10, worker_since=NOW + 5)


def test_a_listed_coach_is_lost_when_it_is_missed_twice_in_a_row() -> None:
    attempts = Attempts()
    attempts.add(dispatch(), NOW)
    misses = [NOW + 10, NOW + 10.1, NOW + 40, NOW + 43]
    assert [attempts.is_lost(now, worker_since=0) for now in misses] == [False, False, False, True]


def test_a_miss_that_another_web_app_was_told_of_counts() -> None:
    attempts = Attempts()
    attempts.add(dispatch(), NOW)
    attempts.missed_elsewhere(NOW + 10)
    assert attempts.is_lost(NOW + 15, worker_since=0)
