"""One coach a module, talking to a scripted provider; one fresh session a test."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from tests.support.livekit import livekit_binary
from tests.support.processes import processes_of, until
from tests.support.stage import ROOM, Stage, fresh_session
from tests.support.terminal import TOOLS, Shell

from coach.livekit_server import server
from coach.livekit_server.layout import Layout
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


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """In a home of its own, in which nothing may be left running."""
    home = tmp_path / "home"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.setenv("PATH", f"{livekit_binary().parent}:{TOOLS}")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("LIVEKIT_RELEASE_URL", "http://127.0.0.1:9")
    yield Shell(home, tmp_path / "releases")
    server.stop(Layout(home))
    until(lambda: not processes_of(home), f"nothing is left running: {processes_of(home)}")
