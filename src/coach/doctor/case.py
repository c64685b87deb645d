"""What is examined: the settings, and the LiveKit server that they lead to."""

from dataclasses import dataclass
from pathlib import Path

from coach.errors import CoachError
from coach.livekit_server import Endpoint, found_server
from coach.settings import Settings, load


@dataclass(frozen=True, slots=True)
class Case:
    """`livekit` is None when no server is set and none of ours runs on this machine."""

    settings: Settings
    env_file: Path
    livekit: Endpoint | None

    @property
    def server(self) -> Endpoint:
        """The LiveKit server. Raises CoachError when there is none."""
        if self.livekit is None:
            raise CoachError("there is no LiveKit server", "run: coach livekit start")
        return self.livekit


def open_case(env_file: Path) -> Case:
    """Read the settings and look for the server; blocks. Raises CoachError for bad settings."""
    settings = load(env_file)
    return Case(settings, env_file, found_server(settings))
