"""`coach livekit` as a user's service, and what uninstalling takes and leaves."""

import os
import sys
from pathlib import Path

import pytest
from tests.support import systemctl
from tests.support.processes import processes_of, until
from tests.support.terminal import Shell, free_ports

pytestmark = pytest.mark.integration


@pytest.fixture
def session(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The same, where a service manager runs."""
    tools = tmp_path / "tools"
    tools.mkdir()
    script = tools / "systemctl"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{systemctl.__file__}" "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tools), prepend=os.pathsep)
    return shell


@pytest.mark.skipif(sys.platform != "linux", reason="systemd is on Linux only")
def test_as_a_service(session: Shell, tmp_path: Path) -> None:
    unit = tmp_path / "config" / "systemd" / "user" / "coach-livekit.service"
    session.livekit("start", "--port", str(free_ports()))
    by_hand = session.record().keeper
    assert f"enabled: {unit}" in session.livekit("enable")
    assert by_hand.process() is None
    assert session.status()["service"] == "enabled"
    session.livekit("enable")
    assert not unit.with_name(f"{unit.name}.kept").exists()
    unit.write_text(unit.read_text() + "Nice=5\n")
    assert "changed by hand" in session.livekit("enable")
    assert "Nice=5" in unit.with_name(f"{unit.name}.kept").read_text()
    old = unit.read_text().replace("Written by coach ", "Written by coach 0.0.")
    unit.write_text(old)
    assert session.status()["service"].startswith("enabled by coach 0.0.")
    assert f"disabled: {unit}" in session.livekit("disable")
    until(lambda: not processes_of(session.home), "the service has ended")
    assert session.status(code=3)["service"] == "not enabled"
    assert "not enabled" in session.livekit("disable")


def test_uninstalling_keeps_sessions(shell: Shell, tmp_path: Path) -> None:
    shell.livekit("start", "--port", str(free_ports()))
    sessions = shell.home / "coach.sqlite3"
    sessions.write_bytes(b"kept")
    mine = shell.home / "notes.txt"
    mine.write_text("not the product's")
    said = shell.livekit("uninstall")
    assert said.splitlines()[:2] == ["This goes:", f"  {shell.layout.root}"]
    assert sorted(shell.home.iterdir()) == [sessions, mine]
    assert processes_of(shell.home) == []
    said = shell.livekit("uninstall", "--purge")
    assert f"  {sessions}" in said
    assert list(shell.home.iterdir()) == [mine]


@pytest.mark.skipif(sys.platform != "linux", reason="systemd is on Linux only")
def test_uninstalling_takes_the_service_along(session: Shell) -> None:
    session.livekit("enable")
    said = session.livekit("uninstall")
    assert "coach-livekit.service" in said
    assert "not enabled" in session.livekit("disable")
    assert not session.layout.root.exists() or not any(session.layout.root.iterdir())


def test_without_a_service_manager(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = shell.livekit("enable", code=1)
    assert "is not on this machine" in said
    assert "hint: run the server by hand: coach livekit start" in said
