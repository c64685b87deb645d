"""The units of the service managers, as text."""

import plistlib
import shlex
from pathlib import Path

import pytest

from coach.livekit_server.service import Command, Launchd, Manager, Systemd

pytestmark = pytest.mark.unit

COMMAND = Command(
    ["/opt/my python/bin/python", "-m", "coach", "100%", "$HOME", 'a "b"'],
    {"COACH_HOME": "/home/a b/$coach 5%", "PATH": "/opt:/usr/bin"},
)


class Untouched:
    """Activation is somebody else's test."""

    def activate(self) -> None:
        """Leave the machine alone."""

    def deactivate(self) -> None:
        """Leave the machine alone."""

    def forget(self) -> None:
        """Leave the machine alone."""


class QuietSystemd(Untouched, Systemd):
    pass


class QuietLaunchd(Untouched, Launchd):
    pass


@pytest.fixture(params=[QuietSystemd, QuietLaunchd])
def manager(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Manager:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made: Manager = request.param()
    assert tmp_path in made.file.parents
    return made


def test_a_unit_of_ours_is_replaced(manager: Manager) -> None:
    assert manager.install(COMMAND) is None
    first = manager.file.read_text()
    assert manager.install(Command(["other"], {})) is None
    assert manager.file.read_text() != first
    assert [path.name for path in manager.file.parent.iterdir()] == [manager.file.name]


def test_a_unit_changed_by_hand_is_kept_beside(manager: Manager) -> None:
    manager.install(COMMAND)
    changed = manager.file.read_text().replace("coach", "mine", 1)
    manager.file.write_text(changed)
    kept = manager.install(COMMAND)
    assert kept is not None
    assert kept.read_text() == changed
    assert kept.parent == manager.file.parent
    assert kept.suffix == ".kept"


def test_the_unit_names_the_coach_that_wrote_it(manager: Manager) -> None:
    assert manager.stamp() is None
    manager.install(COMMAND)
    assert manager.stamp() is not None
    manager.file.write_text("[Service]\n")
    assert manager.stamp() is None


def test_removing(manager: Manager) -> None:
    assert manager.remove() is False
    manager.install(COMMAND)
    assert manager.remove() is True
    assert not manager.file.exists()


def test_systemd_sees_the_words_as_they_were() -> None:
    lines = dict(line.partition("=")[::2] for line in Systemd().text(COMMAND).splitlines())
    words = shlex.split(lines["ExecStart"])
    assert [w.replace("%%", "%").replace("$$", "$") for w in words] == COMMAND.arguments
    assert 'Environment="COACH_HOME=/home/a b/$coach 5%%"' in Systemd().text(COMMAND)
    assert lines["Restart"] == "on-failure"


def test_launchd_reads_the_agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    launchd = QuietLaunchd()
    launchd.install(COMMAND)
    agent = plistlib.loads(launchd.file.read_bytes())
    assert agent["ProgramArguments"] == COMMAND.arguments
    assert agent["EnvironmentVariables"] == COMMAND.variables
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
