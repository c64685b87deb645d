"""Ten minutes before a session's longest time both people are told, once."""

import asyncio

import pytest
from livekit import api

from coach.worker import timekeeper
from coach.worker.clock import SessionClock
from coach.worker.limits import Budget, Limits
from coach.worker.timekeeper import WARNING, Timekeeper

pytestmark = pytest.mark.unit

LIMITS = Limits(
    seconds=3600.0, calls=5, cost=1.0, minute_price=0.1, input_price=1e6, output_price=2e6
)


class Clock(SessionClock):
    """Five minutes go by between two looks."""

    moment = 0.0

    def now(self) -> float:
        self.moment += 300.0
        return self.moment


async def kept(monkeypatch: pytest.MonkeyPatch, *, spent: float, fails: bool = False) -> list[str]:
    """What a session heard from its keeper, which came when so many seconds were gone."""
    monkeypatch.setattr(timekeeper, "LOOK_SECONDS", 0.0)
    heard: list[str] = []

    async def warn(text: str) -> None:
        heard.append(text)
        if fails:
            raise api.TwirpError("unavailable", "", status=503)

    async with asyncio.timeout(5):
        await Timekeeper(Budget(LIMITS, spent), Clock(), heard.append, warn).run()
    return heard


async def test_both_are_warned_once_before_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await kept(monkeypatch, spent=0.0) == [WARNING, "time_limit"]
    assert await kept(monkeypatch, spent=2900.0) == [WARNING, "time_limit"]


async def test_a_coach_that_comes_near_the_end_warns_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert await kept(monkeypatch, spent=3000.0) == ["time_limit"]


async def test_a_warning_that_fails_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await kept(monkeypatch, spent=0.0, fails=True) == [WARNING, "time_limit"]
