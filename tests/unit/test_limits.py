"""How often one visitor may knock."""

import pytest

from coach.web.limits import MAX_VISITORS, Limit, Limiter

pytestmark = pytest.mark.unit


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_then_one_at_a_time() -> None:
    clock = Clock()
    limiter = Limiter(Limit(burst=3, seconds=2.0), clock)
    assert [limiter.wait_seconds("a") for _ in range(5)] == [0, 0, 0, 2, 2]
    clock.now += 2
    assert [limiter.wait_seconds("a") for _ in range(2)] == [0, 2]
    clock.now += 60
    assert [limiter.wait_seconds("a") for _ in range(4)] == [0, 0, 0, 2]


def test_one_visitor_does_not_use_up_anothers() -> None:
    limiter = Limiter(Limit(burst=1, seconds=60.0))
    assert limiter.wait_seconds("a") == 0
    assert limiter.wait_seconds("b") == 0
    assert limiter.wait_seconds("a") > 0


def test_memory_is_bounded_and_forgets_the_longest_unseen() -> None:
    limiter = Limiter(Limit(burst=1, seconds=60.0), Clock())
    for number in range(MAX_VISITORS + 1):
        limiter.wait_seconds(str(number))
    assert limiter.wait_seconds("0") == 0
    assert limiter.wait_seconds(str(MAX_VISITORS)) > 0
