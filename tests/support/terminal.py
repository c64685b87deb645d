"""Somebody at a terminal who runs `coach livekit`."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from coach.cli import application
from coach.errors import CoachError
from coach.livekit_server.layout import Layout
from coach.livekit_server.ports import Ports, anywhere
from coach.livekit_server.processes import Record

TOOLS = "/usr/bin:/bin"
"""The PATH of a machine without a livekit-server."""


@dataclass(frozen=True)
class Shell:
    """A person with a terminal and a COACH_HOME."""

    home: Path
    releases: Path

    @property
    def layout(self) -> Layout:
        return Layout(self.home)

    def livekit(self, *words: str, code: int = 0) -> str:
        """What `coach livekit …` prints; insists on its exit code."""
        result = CliRunner().invoke(application(), ["livekit", *words])
        said, ended = result.output, result.exit_code
        if isinstance(result.exception, CoachError):
            said += f"error: {result.exception.message}\nhint: {result.exception.hint}\n"
        elif not isinstance(result.exception, SystemExit | None):
            raise result.exception
        assert ended == code, said
        return said

    def status(self, code: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.livekit("status", "--json", code=code))
        return found

    def record(self) -> Record:
        found = Record.read(self.layout.record)
        assert found is not None
        return found


def free_ports() -> int:
    """The first of three that a server may take."""
    while not Ports.beside(port := anywhere().http).free():
        continue
    return port
