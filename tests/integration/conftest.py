"""One coach a module, talking to a scripted provider; one fresh session a test."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from tests.support.stage import ROOM, Stage, fresh_session

from coach.settings import Settings

__all__ = ["ROOM", "Stage"]


@pytest_asyncio.fixture(loop_scope="module")
async def stage(shared_stage: Stage) -> AsyncIterator[Stage]:
    """The module's coach in a fresh session."""
    async with fresh_session(shared_stage) as stage:
        yield stage


@pytest.fixture
def without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of whoever runs the tests are nobody else's."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
