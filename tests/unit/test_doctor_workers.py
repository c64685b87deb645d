"""How many workers came, and what `coach doctor` makes of it."""

from collections.abc import Sequence

import pytest
from pydantic import SecretStr

from coach.doctor.finding import Finding, Outcome
from coach.doctor.workers import NOBODY, SILENT, judge
from coach.settings import Settings

pytestmark = pytest.mark.unit

ONE = ("w1", "w1")
TWO = ("w1", "w2")
LATE = ("w1", SILENT)
ABSENT = (NOBODY, NOBODY)


def judged(*rounds: Sequence[str], postgres: bool = False) -> Finding:
    url = SecretStr("postgresql://coach@localhost/coach") if postgres else None
    settings = Settings.model_construct(database_url=url)
    return judge(rounds, settings, "ws://127.0.0.1:1")


def test_one_worker_that_always_comes() -> None:
    found = judged(ONE, ONE, ONE, ONE)
    assert found.outcome is Outcome.PASS
    assert found.reason.endswith("it came 8 times")


def test_two_workers_conflict_without_a_database_that_they_share() -> None:
    found = judged(ONE, TWO)
    assert found.outcome is Outcome.FAIL
    assert "2 workers share the name coach" in found.reason
    assert "DATABASE_URL" in found.remedy


def test_two_workers_are_well_with_postgresql() -> None:
    found = judged(ONE, TWO, ONE, TWO, postgres=True)
    assert (found.outcome, found.remedy) == (Outcome.PASS, "")
    assert "2 workers came as coach, 8 times" in found.reason


@pytest.mark.parametrize("late", [LATE, ("w1", NOBODY), ABSENT])
def test_one_miss_among_rounds_that_came_is_a_warning(late: Sequence[str]) -> None:
    found = judged(ONE, late, ONE, ONE)
    assert found.outcome is Outcome.WARN
    assert "one of 4 rounds" in found.reason


@pytest.mark.parametrize("postgres", [False, True])
def test_two_misses_are_a_failure(*, postgres: bool) -> None:
    found = judged(ONE, LATE, LATE, postgres=postgres)
    assert found.outcome is Outcome.FAIL
    assert "stuck, or full" in found.reason


def test_who_took_every_job_and_never_came_is_no_absent_worker() -> None:
    assert "stuck" in judged((SILENT, SILENT), ABSENT).reason


def test_nobody_at_all() -> None:
    found = judged(ABSENT)
    assert found.outcome is Outcome.FAIL
    assert "no worker is registered" in found.reason
