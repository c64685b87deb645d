"""`coach livekit`, run as people run it, with the real program in a temporary home."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest
from livekit import api, rtc
from tests.support.livekit import livekit, livekit_binary
from tests.support.processes import processes_of, until
from tests.support.releases import PROGRAM, archive, serving_releases
from tests.support.terminal import TOOLS, Shell, free_ports

from coach.livekit_server import config, log
from coach.livekit_server.ports import Ports
from coach.livekit_server.reach import Reach
from coach.livekit_server.release import Machine

pytestmark = pytest.mark.integration


def test_a_life(shell: Shell) -> None:
    port = free_ports()
    assert shell.status(code=3)["state"] == "stopped"
    assert "state    running" in shell.livekit("start", "--port", str(port)).splitlines()
    running = shell.status()
    pid = shell.record().server.pid
    assert running["ports"] == {"http": port, "tcp": port + 1, "udp": port + 2}
    assert running["url"] == f"ws://127.0.0.1:{port}"
    assert (running["state"], running["pid"], running["rooms"]) == ("running", pid, [])
    assert running["version"] == livekit().version
    assert running["program"] == str(livekit_binary().resolve())
    assert 0 <= running["uptime_s"] < 60
    assert "already running" in shell.livekit("start")
    assert "already running" in shell.livekit("start", "--port", str(port))
    assert shell.record().server.pid == pid
    shell.livekit("restart")
    assert shell.status()["ports"]["http"] == port
    assert shell.record().server.pid != pid
    assert "stopped" in shell.livekit("stop")
    assert shell.status(code=3)["state"] == "stopped"
    assert "not running" in shell.livekit("stop")


def test_moving_a_running_server_needs_a_restart(shell: Shell) -> None:
    port, other = free_ports(), free_ports()
    shell.livekit("start", "--port", str(port))
    said = shell.livekit("start", "--port", str(other), code=1)
    assert f"error: the server already runs on port {port}" in said
    assert f"hint: move it with: coach livekit restart --port {other}" in said
    shell.livekit("restart", "--port", str(other))
    assert shell.status()["ports"]["http"] == other


def test_a_port_of_another_program(shell: Shell) -> None:
    port = free_ports()
    shell.layout.make()
    config.write_config(shell.layout, Ports.beside(port), Reach())
    me = f"port {port} is held by {psutil.Process().name()} (pid {os.getpid()})"
    with socket.create_server(("127.0.0.1", port)):
        result = subprocess.run(
            [sys.executable, "-m", "coach", "livekit", "start", "--port", str(port)],
            capture_output=True,
            text=True,
        )
        assert result.returncode == 1
        assert result.stderr.splitlines()[-2:] == [
            f"error: {me}",
            "hint: stop that program, or choose another port with --port",
        ]
        found = shell.status(code=3)
        assert (found["state"], found["holder"]) == ("foreign", me)
        assert "not running" in shell.livekit("stop")


def test_a_crash_that_took_the_keeper_too(shell: Shell) -> None:
    port = free_ports()
    shell.livekit("start", "--port", str(port))
    record = shell.record()
    for mark in (record.keeper, record.server):
        os.kill(mark.pid, signal.SIGKILL)
    until(lambda: not record.server.process(), "the server has ended")
    assert shell.status(code=3)["state"] == "stale"
    shell.livekit("start", "--port", str(port))
    assert shell.status()["state"] == "running"


def test_a_server_that_does_not_answer_yet(shell: Shell) -> None:
    shell.livekit("start", "--port", str(free_ports()))
    process = psutil.Process(shell.record().server.pid)
    process.suspend()
    try:
        assert shell.status(code=3)["state"] == "starting"
    finally:
        process.resume()
    assert shell.status()["state"] == "running"


async def test_stopping_tells_who_is_connected(shell: Shell) -> None:
    await asyncio.to_thread(shell.livekit, "start", "--port", str(free_ports()))
    ports = config.configured_ports(shell.layout)
    assert ports is not None
    at = config.endpoint(shell.layout, ports)
    token = (
        api.AccessToken(at.api_key, at.api_secret.get_secret_value())
        .with_identity("partner")
        .with_grants(api.VideoGrants(room_join=True, room="talk"))
    )
    room = rtc.Room()
    await room.connect(at.url, token.to_jwt())
    try:
        found = await asyncio.to_thread(shell.status)
        assert found["rooms"] == [{"name": "talk", "people": 1}]
        said = await asyncio.to_thread(shell.livekit, "stop")
        assert "1 person is connected in 1 room and will be cut off" in said
        assert processes_of(shell.home) == []
    finally:
        await room.disconnect()


def test_logs_are_followed_over_a_rotation(shell: Shell) -> None:
    assert "there is no log yet" in shell.livekit("logs", code=1)
    shell.livekit("start", "--port", str(free_ports()))
    assert "starting LiveKit server" in shell.livekit("logs", "-n", "3")
    path = shell.layout.log
    append(path, "first")
    with subprocess.Popen(
        [sys.executable, "-m", "coach", "livekit", "logs", "--follow", "-n", "9"],
        stdout=subprocess.PIPE,
        text=True,
    ) as follower:
        assert follower.stdout is not None
        watchdog = threading.Timer(60, follower.kill)
        watchdog.start()
        try:
            lines = iter(follower.stdout.readline, "")
            assert "first\n" in lines
            log.rotate(path)
            append(path, "second")
            assert "second\n" in lines
        finally:
            watchdog.cancel()
            follower.kill()
    assert "first" in path.with_name("livekit.log.1").read_text()


def append(path: Path, line: str) -> None:
    with path.open("a") as file:
        file.write(f"{line}\n")


def test_from_a_file(shell: Shell, tmp_path: Path) -> None:
    name = Machine.this().archive("1.13.5")
    path = archive(tmp_path / name, ("livekit-server", livekit_binary().read_bytes()))
    said = shell.livekit("install", "--from", str(path))
    assert f"Not verified: there is no checksums.txt beside {name}" in said
    assert f"livekit-server 1.13.5: {shell.layout.binary('1.13.5')}" in said
    shell.livekit("start", "--port", str(free_ports()))
    assert shell.status()["program"] == str(shell.layout.binary("1.13.5"))
    (tmp_path / "checksums.txt").write_text(f"{'0' * 64}  {name}\n")
    assert f"error: {name} does not match" in shell.livekit("install", "--from", str(path), code=1)
    path.write_bytes(path.read_bytes()[:1000])
    (tmp_path / "checksums.txt").unlink()
    assert "is not a whole archive" in shell.livekit("install", "--from", str(path), code=1)
    assert "there is no file" in shell.livekit("install", "--from", "nowhere", code=1)
    assert shell.status()["state"] == "running"


def test_versions_from_a_release(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def publish(version: str, name: str) -> None:
        script = f"#!/bin/sh\necho livekit-server version {version}\n".encode()
        releases.publish(version, name, ("livekit-server", script))

    monkeypatch.setenv("PATH", TOOLS)
    with serving_releases(shell.releases) as releases:
        monkeypatch.setenv("LIVEKIT_RELEASE_URL", releases.url)
        for version in ("1.12.0", "1.13.5"):
            publish(version, Machine.this().archive(version))
        said = shell.livekit("install", "--version", "v1.12.0")
        assert f"livekit-server 1.12.0: {shell.layout.binary('1.12.0')}" in said
        assert "livekit-server 1.12.0" in shell.livekit("install")
        said = shell.livekit("upgrade")
        assert f"livekit-server 1.13.5: {shell.layout.binary('1.13.5')}" in said
        assert "livekit-server 1.13.5" in shell.livekit("upgrade")
    said = shell.livekit("install", "--version", "9.9.9", code=1)
    assert "error: livekit-server 9.9.9 can't be installed: " in said
    assert "checksums.txt can't be fetched" in said
    assert "livekit-server 1.13.5" in shell.livekit("install")
    shell.livekit("install", "--version", "1.0.0", "--from", "x", code=2)


@pytest.mark.parametrize(
    ("end", "code"),
    [("TERM", 0), ("stop", 0), ("kill the keeper", 1)],
)
def test_in_the_foreground_its_exit_code_tells_a_service_manager(
    shell: Shell, end: str, code: int
) -> None:
    words = ["livekit", "start", "--foreground", "--port", str(free_ports())]
    with subprocess.Popen(
        [sys.executable, "-m", "coach", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as foreground:
        assert foreground.stdout is not None
        lines = iter(foreground.stdout.readline, "")
        assert any(line.startswith("log") for line in lines), "the status was printed"
        if end == "TERM":
            foreground.terminate()
        elif end == "stop":
            shell.livekit("stop")
        else:
            os.kill(shell.record().keeper.pid, signal.SIGKILL)
        said = foreground.stdout.read()
        assert foreground.wait(20) == code, said
    assert processes_of(shell.home) == []


def test_the_bare_script_is_no_server(shell: Shell, tmp_path: Path) -> None:
    name = Machine.this().archive("1.13.5")
    path = archive(tmp_path / name, ("livekit-server", PROGRAM))
    shell.livekit("install", "--from", str(path))
    said = shell.livekit("start", "--port", str(free_ports()), code=1)
    assert "error: livekit-server did not start: livekit-server version 1.13.5" in said
    assert f"hint: its log is {shell.layout.log}" in said
