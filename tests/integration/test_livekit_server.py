"""The managed server, with the real program in a temporary home."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from pydantic import SecretStr
from tests.support.livekit import livekit, livekit_binary, running_livekit
from tests.support.processes import processes_of, until

from coach.errors import CoachError
from coach.livekit_server import local_server, ports, server
from coach.livekit_server.binary import Binary
from coach.livekit_server.config import Endpoint, endpoint
from coach.livekit_server.health import healthy
from coach.livekit_server.layout import Layout
from coach.livekit_server.processes import Mark, Record, end
from coach.livekit_server.rooms import open_rooms

pytestmark = pytest.mark.integration

OWNER = """
import asyncio, json, signal, sys
from pathlib import Path
from coach.livekit_server import local_server

async def main():
    async with local_server(Path(sys.argv[1]), lambda line: None, port=0) as endpoint:
        print(json.dumps(endpoint.url), flush=True)
        await asyncio.Event().wait()

signal.signal(signal.SIGINT, signal.default_int_handler)
asyncio.run(main())
"""


DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def program_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(livekit_binary().parent), prepend=os.pathsep)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    server.stop(Layout(tmp_path))
    assert processes_of(tmp_path) == []


def record_of(home: Path) -> Record:
    record = Record.read(Layout(home).record)
    assert record is not None
    return record


@contextmanager
def owner(home: Path) -> Iterator["tuple[subprocess.Popen[str], int]"]:
    """Another process that owns the server, and the server's port."""
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        assert line, process.stderr.read()
        try:
            yield process, int(json.loads(line).rsplit(":", 1)[1])
        finally:
            process.kill()


def listeners(pid: int) -> set[tuple[str, int]]:
    return {
        (connection.laddr.ip, connection.laddr.port)
        for connection in psutil.Process(pid).net_connections("inet4")
    }


async def test_a_server_is_lent_and_leaves_nothing_behind(home: Path) -> None:
    async with local_server(home, print, port=0) as at:
        assert await open_rooms(at) == []
        wrong = Endpoint(at.url, at.api_key, SecretStr("x" * 43))
        assert await open_rooms(wrong) is None
        assert len(processes_of(home)) == 2
    assert processes_of(home) == []
    assert not Layout(home).record.exists()
    assert "starting LiveKit server" in Layout(home).log.read_text()


async def test_it_serves_this_machine_alone(home: Path) -> None:
    with running_livekit(home) as at:
        port = int(at.url.rsplit(":", 1)[1])
        bound = listeners(record_of(home).server.pid)
        assert ("127.0.0.1", port) in bound
        assert {ip for ip, _ in bound} == {"127.0.0.1"}
        assert "devkey" not in Layout(home).config.read_text() + Layout(home).keys.read_text()


async def test_a_server_of_ours_that_runs_is_used_and_left_running(home: Path) -> None:
    async with local_server(home, print, port=0) as first:
        before = record_of(home)
        async with local_server(home, print) as second:
            assert second == first
        assert record_of(home) == before
        assert await open_rooms(first) == []


async def test_two_homes_have_two_servers(home: Path) -> None:
    async with (
        local_server(home / "a", print, port=0) as a,
        local_server(home / "b", print, port=0) as b,
    ):
        assert a.url != b.url
        assert a.api_secret != b.api_secret
        assert await open_rooms(Endpoint(b.url, a.api_key, a.api_secret)) is None


async def test_starting_at_once_gives_one_server(home: Path) -> None:
    async def lend() -> str:
        async with local_server(home, print, port=0) as at:
            await asyncio.to_thread(arrived.wait)
            return at.url

    arrived = threading.Barrier(3)
    assert len(set(await asyncio.gather(lend(), lend(), lend()))) == 1


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM], ids=["tcp", "udp"])
def test_a_taken_port_is_reported_with_its_holder(home: Path, kind: socket.SocketKind) -> None:
    free = ports.near(20880)
    assert free is not None
    with socket.socket(socket.AF_INET, kind) as taken:
        taken.bind(("127.0.0.1", free.http if kind == socket.SOCK_STREAM else free.udp))
        if kind == socket.SOCK_STREAM:
            taken.listen()
        port = taken.getsockname()[1]
        holder = rf"port {port} is held by {psutil.Process().name()} \(pid {os.getpid()}\)"
        with pytest.raises(CoachError, match=holder):
            server.start(Layout(home), livekit(), print, port=free.http, owned=True)
    assert processes_of(home) == []


def test_ports_move_when_the_customary_ones_are_taken(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = ports.near(21880)
    assert free is not None
    monkeypatch.setattr(ports, "PREFERRED", free.http)
    said: list[str] = []
    with socket.create_server(("127.0.0.1", free.http)):
        keeping = server.start(Layout(home), livekit(), said.append, owned=True)
    try:
        assert keeping.ports.http > free.http
        assert said == [
            f"port {free.http} is held by {psutil.Process().name()} (pid {os.getpid()});"
            f" using port {keeping.ports.http}"
        ]
    finally:
        keeping.close()


def test_a_program_that_ends_at_once_is_shown_with_its_log(home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "livekit-server"
    broken.write_text("#!/bin/sh\necho first line\necho could not parse config\n")
    broken.chmod(0o755)
    with pytest.raises(server.StartError, match="could not parse config") as caught:
        server.start(Layout(home), Binary(broken, "1.13.5"), print, port=0, owned=True)
    assert caught.value.tail == ["first line", "could not parse config"]
    assert str(Layout(home).log) in caught.value.hint
    assert processes_of(home) == []


def test_settings_of_the_environment_do_not_reach_the_server(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIVEKIT_KEYS", "devkey: secret")
    monkeypatch.setenv("UDP_PORT", "notaport")
    monkeypatch.setenv("LIVEKIT_CONFIG", "port: 1")
    with running_livekit(home) as at:
        assert asyncio.run(open_rooms(at)) == []


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_no_orphan_however_the_owner_dies(home: Path, name: str) -> None:
    with owner(home) as (process, port):
        assert healthy(port)
        process.send_signal(getattr(signal, name))
        process.wait(20)
        until(lambda: not processes_of(home), "keeper and server have ended")
    assert not healthy(port)


def test_no_orphan_after_ctrl_c_twice(home: Path) -> None:
    with owner(home) as (process, _):
        assert os.getpgid(record_of(home).keeper.pid) != process.pid, "Ctrl-C is for the owner"
        os.killpg(process.pid, signal.SIGINT)
        os.killpg(process.pid, signal.SIGINT)
        process.wait(20)
        until(lambda: not processes_of(home), "keeper and server have ended")


def test_no_orphan_of_a_killed_keeper(home: Path) -> None:
    with running_livekit(home) as at:
        record = record_of(home)
        os.kill(record.keeper.pid, signal.SIGKILL)
        until(lambda: record.keeper.process() is None, "the keeper has ended")
        assert asyncio.run(open_rooms(at)) == [], "the call goes on without the keeper"
    assert processes_of(home) == []


def test_a_crashed_server_is_started_again(home: Path) -> None:
    with running_livekit(home) as at:
        for _ in range(2):
            first = record_of(home)
            second = killed_server_comes_again(home)
            assert second.keeper == first.keeper
            assert second.server != first.server
            assert asyncio.run(open_rooms(at)) == []


def killed_server_comes_again(home: Path) -> Record:
    layout, before = Layout(home), record_of(home)
    os.kill(before.server.pid, signal.SIGKILL)
    until(
        lambda: server.running(layout) and Record.read(layout.record) != before,
        "another server is healthy",
    )
    return record_of(home)


def test_a_stop_right_after_the_start_is_heard(home: Path) -> None:
    """livekit-server forgets a TERM that comes within its first 0.1 s."""
    keeping = server.start(Layout(home), livekit(), print, port=0, owned=True)
    record = record_of(home)
    os.kill(record.server.pid, signal.SIGKILL)
    until(lambda: record_of(home) != record, "a new server was spawned")
    began = time.monotonic()
    keeping.close()
    assert processes_of(home) == []
    assert time.monotonic() - began < server.STOP_SECONDS


def test_a_program_that_does_not_listen_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        end([psutil.Process(process.pid)], grace_s=0.1, force_s=0.1)
        code = process.poll()
        process.kill()
    assert code == -signal.SIGKILL


def test_only_our_own_process_is_signalled(home: Path) -> None:
    layout = Layout(home)
    layout.make()
    with subprocess.Popen(["sleep", "600"]) as bystander:
        with running_livekit(home / "other"):
            pass
        mark = record_with_pid_of(bystander.pid)
        mark.write(layout.record)
        assert server.stop(layout) is False
        assert bystander.poll() is None
        bystander.kill()


def record_with_pid_of(pid: int) -> Record:
    mark = Mark.of(pid)
    return Record(replace(mark, started=mark.started - 100), replace(mark, exe="/livekit-server"))


def test_the_endpoint_does_not_show_its_secret(home: Path) -> None:
    layout = Layout(home)
    layout.make()
    at = endpoint(layout, ports.Ports.beside(1))
    assert at.api_secret.get_secret_value() not in repr(at)
