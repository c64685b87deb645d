"""The server as a service of this user: a systemd unit on Linux, a launchd agent on macOS."""

import contextlib
import hashlib
import os
import plistlib
import re
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_config_path

from coach.errors import CoachError
from coach.livekit_server.binary import Binary
from coach.livekit_server.layout import Layout

NAME = "coach-livekit"
LABEL = "coach.livekit"
SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
DIGEST_LENGTH = 16

_STAMP = re.compile(r"Written by coach (\S+), digest ([0-9a-f]+)")


@dataclass(frozen=True, slots=True)
class Command:
    """What the service runs, and with which variables."""

    arguments: list[str]
    variables: dict[str, str]


def command(layout: Layout, binary: Binary) -> Command:
    """Run the server of this home in the foreground, with this program first on its path."""
    return Command(
        [sys.executable, "-P", "-m", "coach", "livekit", "start", "--foreground"],
        {
            "COACH_HOME": str(layout.home.absolute()),
            "PATH": f"{binary.path.parent}:{SYSTEM_PATH}",
        },
    )


class Manager(ABC):
    """One service manager; `file` is the unit that it reads."""

    file: Path
    advice: str

    @abstractmethod
    def text(self, command: Command) -> str:
        """The unit, without its stamp."""

    @abstractmethod
    def stamped(self, text: str, stamp: str) -> str:
        """The unit with the stamp as a comment."""

    @abstractmethod
    def activate(self) -> None:
        """Load the unit and start the service. Raises CoachError."""

    @abstractmethod
    def deactivate(self) -> None:
        """Stop the service; fine when it doesn't run."""

    @abstractmethod
    def forget(self) -> None:
        """Let go of a unit whose file is gone."""

    def install(self, command: Command) -> Path | None:
        """Write the unit and start it; returns where a unit changed by hand was kept.

        Raises CoachError when the manager refuses it; the unit is taken away again then.
        """
        kept = self._keep_changed()
        text = self.text(command)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = self.file.with_suffix(".part")
        part.write_text(self.stamped(text, _stamp(text)), encoding="utf-8")
        part.replace(self.file)
        try:
            self.activate()
        except CoachError:
            self.file.unlink()
            raise
        return kept

    def remove(self) -> bool:
        """Stop the service and remove its unit; False when there was none."""
        if not self.file.exists():
            return False
        self.deactivate()
        self.file.unlink()
        self.forget()
        return True

    def stamp(self) -> str | None:
        """The version of coach that wrote the unit, None when nobody or somebody else did."""
        found = _STAMP.search(self._read())
        return found[1] if found else None

    def _keep_changed(self) -> Path | None:
        written = self._read()
        found = _STAMP.search(written)
        if not written or (found and found[0] == _stamp(self._unstamped(written), found[1])):
            return None
        return self.file.replace(self.file.with_suffix(f"{self.file.suffix}.kept"))

    def _read(self) -> str:
        return self.file.read_text(encoding="utf-8") if self.file.exists() else ""

    def _unstamped(self, written: str) -> str:
        return "".join(line for line in written.splitlines(True) if not _STAMP.search(line))


class Systemd(Manager):
    """`systemctl --user`."""

    advice = f"read: journalctl --user -u {NAME}"

    def __init__(self) -> None:
        self.file = user_config_path("systemd") / "user" / f"{NAME}.service"

    def text(self, command: Command) -> str:
        variables = "\n".join(
            f"Environment={_quoted(f'{name}={value}')}" for name, value in command.variables.items()
        )
        return f"""[Unit]
Description=LiveKit server of Silent Coach
After=network.target

[Service]
{variables}
ExecStart={" ".join(_quoted(a).replace("$", "$$") for a in command.arguments)}
Restart=on-failure
RestartSec=2
KillMode=mixed
TimeoutStopSec=20

[Install]
WantedBy=default.target
"""

    def stamped(self, text: str, stamp: str) -> str:
        return f"# {stamp}\n{text}"

    def activate(self) -> None:
        _call("systemctl", "--user", "daemon-reload")
        _call("systemctl", "--user", "enable", "--now", f"{NAME}.service")

    def deactivate(self) -> None:
        with contextlib.suppress(CoachError):  # a unit that failed to load
            _call("systemctl", "--user", "disable", "--now", f"{NAME}.service")

    def forget(self) -> None:
        with contextlib.suppress(CoachError):  # no session manager runs
            _call("systemctl", "--user", "daemon-reload")


class Launchd(Manager):
    """`launchctl`, in the user's graphical session."""

    def __init__(self) -> None:
        self.file = Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist"
        self.advice = f"read: launchctl print gui/{os.getuid()}/{LABEL}"

    def text(self, command: Command) -> str:
        return plistlib.dumps(
            {
                "Label": LABEL,
                "ProgramArguments": command.arguments,
                "EnvironmentVariables": command.variables,
                "RunAtLoad": True,
                "KeepAlive": {"SuccessfulExit": False},
                "ProcessType": "Interactive",
            }
        ).decode()

    def stamped(self, text: str, stamp: str) -> str:
        return text.replace("<plist ", f"<!-- {stamp} -->\n<plist ", 1)

    def activate(self) -> None:
        self.deactivate()
        _call("launchctl", "bootstrap", f"gui/{os.getuid()}", str(self.file))

    def deactivate(self) -> None:
        with contextlib.suppress(CoachError):  # it was not loaded
            _call("launchctl", "bootout", f"gui/{os.getuid()}/{LABEL}")

    def forget(self) -> None:
        """Nothing to do: launchd forgets what is booted out."""


def manager() -> Manager:
    """The service manager of this machine. Raises CoachError when it isn't there."""
    tool = "launchctl" if sys.platform == "darwin" else "systemctl"
    if shutil.which(tool) is None:
        raise CoachError(
            f"{tool} is not on this machine", "run the server by hand: coach livekit start"
        )
    return _customary()


def unit() -> Path | None:
    """The unit's file, None when the service isn't enabled."""
    file = _customary().file
    return file if file.exists() else None


def describe() -> str:
    """Whether the service is enabled, and whether another coach wrote its unit."""
    if unit() is None:
        return "not enabled"
    writer, here = _customary().stamp(), version("silent-coach")
    if writer == here:
        return "enabled"
    return f"enabled by coach {writer or 'unknown'}; for {here} run: coach livekit enable"


def _customary() -> Manager:
    return Launchd() if sys.platform == "darwin" else Systemd()


def _stamp(text: str, coach: str | None = None) -> str:
    digest = hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]
    return f"Written by coach {coach or version('silent-coach')}, digest {digest}"


def _quoted(word: str) -> str:
    """For a systemd unit, which expands % and knows double quotes."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _call(*arguments: str) -> None:
    result = subprocess.run(  # noqa: S603 (fixed words and our own paths)
        arguments, capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        said = (result.stderr or result.stdout).strip().splitlines()
        raise CoachError(
            f"{' '.join(arguments[:3])} failed: {said[-1] if said else result.returncode}",
            "run the server by hand: coach livekit start",
        )
