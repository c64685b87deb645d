"""Memory that goes back when a session ends."""

import asyncio
import gc
import weakref

import pytest
from tests.support.web_app import eventually

from coach.worker import tidying
from coach.worker.tidying import tidy_after_sessions

pytestmark = pytest.mark.unit


class Left:
    """Of a session: two that hold each other."""

    def __init__(self) -> None:
        self.other = self


async def test_what_a_session_left_is_gone_soon_after_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tidying, "LOOK_SECONDS", 0.01)
    counts = iter([2, 2])
    left = weakref.ref(Left())
    gc.disable()
    looking = asyncio.create_task(tidy_after_sessions(lambda: next(counts, 1)))
    try:
        assert left() is not None
        await eventually(lambda: left() is None)
    finally:
        gc.enable()
        looking.cancel()
