"""A failing service is left alone, longer each time, and found again when it is back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.worker.breaker import LONGEST_WAIT_SECONDS, PROBE_SECONDS, WAITS_SECONDS, Breaker

pytestmark = pytest.mark.unit


def broken(times: int) -> tuple[Breaker, float]:
    """A breaker after this many failures, each of the first call that was let through, and when
    the last one was.
    """
    breaker, now = Breaker(), 0.0
    for _ in range(times):
        now += breaker.wait(now)
        assert breaker.admits(now)
        breaker.failed(now)
    return breaker, now


def test_a_working_service_gets_every_call() -> None:
    breaker = Breaker()
    assert all(breaker.admits(0.0) for _ in range(100))


@pytest.mark.parametrize(("times", "wait"), [*enumerate(WAITS_SECONDS, 1), (40, WAITS_SECONDS[-1])])
def test_each_failure_makes_the_wait_longer_up_to_a_limit(times: int, wait: float) -> None:
    breaker, now = broken(times)
    assert breaker.wait(now) == wait
    assert not breaker.admits(now + wait - 0.01)
    assert breaker.admits(now + wait)


def test_after_the_wait_one_call_probes_and_the_others_hold_back() -> None:
    breaker, now = broken(1)
    assert [breaker.admits(now + 1.0) for _ in range(3)] == [True, False, False]


def test_a_probe_that_was_given_up_is_followed_by_another() -> None:
    breaker, now = broken(1)
    assert breaker.admits(now + 1.0)
    assert breaker.admits(now + 1.0 + PROBE_SECONDS)


def test_one_success_forgets_every_failure() -> None:
    breaker, now = broken(5)
    breaker.succeeded()
    assert breaker.admits(now)
    breaker.failed(now)
    assert breaker.wait(now) == WAITS_SECONDS[0]


@pytest.mark.parametrize(
    ("asked", "waited"), [(0.1, WAITS_SECONDS[0]), (20.0, 20.0), (86_400.0, LONGEST_WAIT_SECONDS)]
)
def test_what_the_service_asks_for_is_granted_within_reason(asked: float, waited: float) -> None:
    breaker = Breaker()
    breaker.failed(0.0, asked)
    assert breaker.wait(0.0) == waited


@given(st.lists(st.floats(0.0, 5.0), min_size=1, max_size=200))
def test_a_service_that_stays_away_is_never_hammered(steps: list[float]) -> None:
    breaker, now, calls = Breaker(), 0.0, 0
    for step in steps:
        now += step
        if breaker.admits(now):
            calls += 1
            breaker.failed(now)
    assert calls <= len(WAITS_SECONDS) + 1 + now / WAITS_SECONDS[-1]
