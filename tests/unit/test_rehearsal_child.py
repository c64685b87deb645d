import importlib.util
import sys
from pathlib import Path

import pytest

from coach.errors import CoachError
from coach.rehearsal import running_rehearsal

pytestmark = pytest.mark.unit


async def test_without_the_recogniser_the_command_that_brings_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(CoachError) as raised:
        async with running_rehearsal():
            pass
    assert "uv sync --extra rehearsal" in raised.value.hint


async def test_a_child_that_does_not_start_is_quoted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho 'no such voice' >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with pytest.raises(CoachError) as raised:
        async with running_rehearsal():
            pass
    assert "no such voice" in raised.value.message
