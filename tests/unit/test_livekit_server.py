"""The managed server's parts that need no server."""

import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from tests.support.releases import PROGRAM, archive

from coach.errors import CoachError
from coach.livekit_server import config, log
from coach.livekit_server.binary import version_key
from coach.livekit_server.layout import Layout
from coach.livekit_server.ports import Ports
from coach.livekit_server.processes import Mark, Record
from coach.livekit_server.reach import Reach, Turn
from coach.livekit_server.release import Machine, unpack

pytestmark = pytest.mark.unit


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    layout = Layout(tmp_path)
    layout.make()
    return layout


@pytest.mark.parametrize(
    ("architecture", "name"),
    [
        ("x86_64", "livekit_1.13.5_linux_amd64.tar.gz"),
        ("aarch64", "livekit_1.13.5_linux_arm64.tar.gz"),
        ("armv7l", "livekit_1.13.5_linux_armv7.tar.gz"),
    ],
)
def test_archive_names_are_those_of_the_release(architecture: str, name: str) -> None:
    assert Machine("Linux", architecture).archive("1.13.5") == name


@pytest.mark.parametrize(("system", "architecture"), [("Darwin", "arm64"), ("Linux", "riscv64")])
def test_a_platform_without_archive_is_named(system: str, architecture: str) -> None:
    with pytest.raises(CoachError, match=f"{system} {architecture}"):
        Machine(system, architecture).archive("1.13.5")


@pytest.mark.parametrize(
    "members",
    [
        [("livekit-server", PROGRAM), ("livekit-server", PROGRAM)],
        [("../livekit-server", PROGRAM)],
        [("/tmp/livekit-server", PROGRAM)],  # noqa: S108 (a name inside the archive)
        [("LICENSE", b"")],
        [],
    ],
    ids=["two", "parent", "absolute", "none", "empty"],
)
def test_an_archive_without_exactly_one_program_is_refused(
    tmp_path: Path, members: list[tuple[str, bytes]]
) -> None:
    folder = tmp_path / "in" / "here"
    folder.mkdir(parents=True)
    with pytest.raises(CoachError, match="exactly one livekit-server"):
        unpack(archive(tmp_path / "a.tar.gz", *members), folder)
    assert list(tmp_path.rglob("livekit-server")) == []


def test_only_the_program_is_unpacked(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    path = archive(
        tmp_path / "a.tar.gz", ("../evil", b"x"), ("LICENSE", b"x"), ("livekit-server", PROGRAM)
    )
    assert unpack(path, folder).read_bytes() == PROGRAM
    assert [p.name for p in folder.iterdir()] == ["livekit-server"]
    assert not (tmp_path / "evil").exists()


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    path.write_bytes(b"<html>not found</html>")
    with pytest.raises(CoachError, match="not a whole archive"):
        unpack(path, tmp_path)


def test_versions_are_ordered_by_number() -> None:
    assert version_key("1.9.0") < version_key("1.13.5") < version_key("2.0.0")


def test_keys_are_random_private_and_stay(layout: Layout, tmp_path: Path) -> None:
    key, secret = config.keys(layout)
    assert len(secret.get_secret_value()) >= 32
    assert stat.S_IMODE(layout.keys.stat().st_mode) == 0o600
    assert stat.S_IMODE(layout.root.stat().st_mode) == 0o700
    assert config.keys(layout) == (key, secret)
    other = Layout(tmp_path / "other")
    other.make()
    assert config.keys(other)[1] != secret


def test_keys_that_others_could_read_are_closed_to_them(layout: Layout) -> None:
    config.keys(layout)
    layout.keys.chmod(0o644)
    config.keys(layout)
    assert stat.S_IMODE(layout.keys.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "- a\n", "a: b\nc: d\n", "{", "just text"])
def test_a_broken_key_file_is_named(layout: Layout, content: str) -> None:
    layout.keys.write_text(content)
    with pytest.raises(CoachError, match=r"keys\.yaml does not hold one key"):
        config.keys(layout)


def test_the_configuration_gives_its_ports_back(layout: Layout) -> None:
    assert config.configured_ports(layout) is None
    config.write_config(layout, Ports(1, 2, 3), Reach())
    assert config.configured_ports(layout) == Ports(1, 2, 3)
    layout.config.write_text("port: [")
    assert config.configured_ports(layout) is None


def test_a_process_is_known_by_pid_start_and_program() -> None:
    mark = Mark.of(os.getpid())
    process = mark.process()
    assert process is not None
    assert process.pid == os.getpid()
    assert replace(mark, started=mark.started - 60).process() is None
    assert replace(mark, exe="/bin/other").process() is None


def test_a_process_is_still_known_after_the_clock_was_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if sys.platform != "linux":
        pytest.skip("start times move with the clock on Linux only")
    mark = Mark.of(os.getpid())
    boot, created = psutil.boot_time(), psutil.Process.create_time
    monkeypatch.setattr(psutil, "boot_time", lambda: boot + 3600)
    monkeypatch.setattr(psutil.Process, "create_time", lambda self: created(self) + 3600)
    assert mark.process() is not None


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("192.168.1.5", ["192.168.1.5/32"]),
        ("10.0.0.9", ["10.0.0.9/32"]),
        ("100.101.102.103", None),
        ("203.0.114.7", None),
    ],
)
def test_a_relay_may_reach_its_own_server(address: str, allowed: list[str] | None) -> None:
    """The server's relay refuses private addresses unless they are named."""
    settings = Turn().settings(address)
    assert settings.get("allow_restricted_peer_cidrs") == allowed
    assert "tls_port" not in settings


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"keeper": 1, "server": 2}', "\x00"])
def test_a_broken_record_counts_as_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "server.json"
    path.write_text(content)
    assert Record.read(path) is None


def test_a_record_survives_the_file(tmp_path: Path) -> None:
    mark = Mark.of(os.getpid())
    Record(mark, mark).write(tmp_path / "server.json")
    assert Record.read(tmp_path / "server.json") == Record(mark, mark)


def test_five_old_logs_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "livekit.log"
    for number in range(9):
        path.write_text(f"run {number}\n")
        log.rotate(path)
    kept = {p.name: p.read_text() for p in tmp_path.iterdir()}
    assert kept == {
        "livekit.log": "",
        **{f"livekit.log.{n}": f"run {9 - n}\n" for n in range(1, 6)},
    }


def test_a_log_is_rotated_under_its_writer(tmp_path: Path) -> None:
    path = tmp_path / "livekit.log"
    with path.open("ab", buffering=0) as writer:
        writer.write(b"before\n")
        log.rotate_when_large(path, max_bytes=8)
        assert path.stat().st_size == 7
        log.rotate_when_large(path, max_bytes=7)
        writer.write(b"after\n")
    assert path.read_text() == "after\n"
    assert (tmp_path / "livekit.log.1").read_text() == "before\n"


def test_the_tail_of_a_log(tmp_path: Path) -> None:
    path = tmp_path / "livekit.log"
    assert log.tail(path, 2) == []
    path.write_bytes(b"1\n2\n\xff\n")
    assert log.tail(path, 2) == ["2", "�"]
