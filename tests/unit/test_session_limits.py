"""What a session may use up, and that nothing goes beyond it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.worker.gate import Facts, decide
from coach.worker.limits import MINUTE, Budget, Limits

pytestmark = pytest.mark.unit

LIMITS = Limits(
    seconds=600.0, calls=5, cost=1.0, minute_price=0.1, input_price=1e6, output_price=2e6
)
AGREED = Facts(partner_present=True, consent="granted", microphone="live")


def test_a_session_ends_at_its_longest_time_counted_from_its_beginning() -> None:
    assert Budget(LIMITS).used_up(599.9) == ""
    assert Budget(LIMITS).used_up(600.0) == "time_limit"
    assert Budget(LIMITS, spent_seconds=500.0).used_up(99.9) == ""
    assert Budget(LIMITS, spent_seconds=500.0).used_up(100.0) == "time_limit"


def test_sound_and_words_cost_what_their_prices_say() -> None:
    budget = Budget(LIMITS)
    budget.heard(30.0)
    assert budget.cost == pytest.approx(0.05)
    budget.asked(350)
    assert budget.cost == pytest.approx(100.05)
    budget.answered(350)
    assert budget.cost == pytest.approx(300.05)


def test_a_session_ends_when_its_money_is_spent() -> None:
    budget = Budget(LIMITS)
    budget.heard(10 * MINUTE - 1)
    assert budget.used_up(0.0) == ""
    budget.heard(1.1)
    assert budget.used_up(0.0) == "cost_limit"


@given(st.lists(st.floats(0.0, 30.0), max_size=200))
def test_no_minute_has_more_calls_than_allowed(steps: list[float]) -> None:
    budget, now, made = Budget(LIMITS), 0.0, list[float]()
    for step in steps:
        now += step
        if budget.may_call(now):
            made.append(now)
    for began in made:
        assert sum(began <= call < began + MINUTE for call in made) <= LIMITS.calls


@pytest.mark.parametrize("limit", ["time_limit", "cost_limit"])
def test_a_limit_ends_hearing_and_says_so(limit: str) -> None:
    assert decide(AGREED).hear
    decision = decide(replace(AGREED, limit=limit))
    assert (decision.hear, decision.hints) == (False, False)
    assert (decision.state, decision.reason, decision.public) == ("stopped", limit, "stopped")


def test_a_refusal_is_told_rather_than_a_limit() -> None:
    refused = replace(AGREED, consent="withdrawn", limit="time_limit")
    assert decide(refused).reason == "consent_withdrawn"
