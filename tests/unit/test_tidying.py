"""Memory that goes back when a session ends."""

import asyncio
import gc
import math
import weakref

import pytest
from tests.support.web_app import eventually

from coach.worker import tidying
from coach.worker.tidying import tidy_until_spent

pytestmark = pytest.mark.unit


class Left:
    """Of a session: two that hold each other."""

    def __init__(self) -> None:
        self.other = self


async def test_what_a_session_left_is_gone_soon_after_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tidying, "LOOK_SECONDS", 0.01)
    running = iter([2, 2])
    left = weakref.ref(Left())
    gc.disable()
    looking = asyncio.create_task(tidy_until_spent(lambda: 2, lambda: next(running, 1), math.inf))
    try:
        assert left() is not None
        await eventually(lambda: left() is None)
    finally:
        gc.enable()
        looking.cancel()


async def test_a_worker_is_spent_after_its_sessions_and_a_quiet_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tidying, "LOOK_SECONDS", 0.001)
    monkeypatch.setattr(tidying, "QUIET_SECONDS", 0.002)
    running = iter([0, 1, 1, 0, 0, 0, 2, 1, 0, 1, 0, 0, 0, 0])
    taken = iter([0, 1, 2, 2, 2, 2, 4, 4, 4, 5, 5, 5, 5, 5])
    await tidy_until_spent(lambda: next(taken), lambda: next(running), 4)
    assert list(running) == [0, 0]


async def test_sessions_count_that_begin_and_end_between_two_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tidying, "LOOK_SECONDS", 0.001)
    monkeypatch.setattr(tidying, "QUIET_SECONDS", 0.001)
    taken = iter([0, 1, 3, 3])
    await tidy_until_spent(lambda: next(taken), lambda: 0, 3)
    assert list(taken) == [3]


async def test_a_worker_without_such_a_limit_is_never_spent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tidying, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(tidying, "QUIET_SECONDS", 0.0)
    running = iter([1, 0] * 100)
    with pytest.raises(RuntimeError, match="StopIteration"):
        await tidy_until_spent(lambda: 100, lambda: next(running), math.inf)
