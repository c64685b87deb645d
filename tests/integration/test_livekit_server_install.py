"""Installing livekit-server: each way, and each way's refusals."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.livekit import livekit_binary
from tests.support.processes import until
from tests.support.releases import PROGRAM, Releases, serving_releases

from coach.errors import CoachError
from coach.livekit_server.binary import installed
from coach.livekit_server.install import VERSION, ensure_binary, install
from coach.livekit_server.layout import Layout
from coach.livekit_server.processes import Mark
from coach.livekit_server.programs import run
from coach.livekit_server.release import Machine, install_release

pytestmark = pytest.mark.integration

MACHINE = Machine("Linux", "x86_64")
ARCHIVE = MACHINE.archive(VERSION)
CLOSED = "http://127.0.0.1:9"


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "home")


@pytest.fixture
def releases(tmp_path: Path) -> Iterator[Releases]:
    with serving_releases(tmp_path / "releases") as served:
        yield served


@pytest.fixture
def no_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """PATH is one folder, with a shell and nothing else in it."""
    folder = tmp_path / "path"
    folder.mkdir()
    for name in ("sh", "env"):
        (folder / name).symlink_to(f"/usr/bin/{name}")
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def leftovers(layout: Layout) -> list[Path]:
    return [p for p in layout.root.rglob("*") if p.is_file()]


async def test_the_real_program_from_a_release_archive(layout: Layout, releases: Releases) -> None:
    content = livekit_binary().read_bytes()
    releases.publish(VERSION, ARCHIVE, ("LICENSE", b"Apache"), ("livekit-server", content))
    said: list[str] = []
    binary = await install_release(
        layout, VERSION, said.append, release_url=releases.url, machine=MACHINE
    )
    assert (binary.path, binary.version) == (layout.binary(VERSION), VERSION)
    assert binary.path.read_bytes() == content
    assert leftovers(layout) == [binary.path]
    assert said[-1].startswith(f"Downloading livekit-server {VERSION}: 100 %")
    assert len(said) <= 12


async def test_a_corrupt_download_is_refused_and_removed(
    layout: Layout, releases: Releases
) -> None:
    path = releases.publish(VERSION, ARCHIVE, ("livekit-server", PROGRAM))
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(CoachError, match="does not match its checksum; it was refused"):
        await install_release(layout, VERSION, print, release_url=releases.url, machine=MACHINE)
    assert leftovers(layout) == []


async def test_an_archive_without_checksum_is_refused(layout: Layout, releases: Releases) -> None:
    releases.publish(VERSION, "livekit_other.tar.gz", ("livekit-server", PROGRAM))
    with pytest.raises(CoachError, match="no checksum for"):
        await install_release(layout, VERSION, print, release_url=releases.url, machine=MACHINE)
    assert leftovers(layout) == []


async def test_a_truncated_download_is_refused_and_removed(layout: Layout) -> None:
    async def broken_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        checksums = f"{'0' * 64}  {ARCHIVE}\n".encode()
        body, length = (
            (checksums, len(checksums)) if b"checksums.txt" in request else (b"half", 1000)
        )
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % length + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(broken_off, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(CoachError, match="can't be fetched"):
            await install_release(
                layout, VERSION, print, release_url=f"http://127.0.0.1:{port}", machine=MACHINE
            )
    assert leftovers(layout) == []


async def test_a_program_for_another_platform_is_refused(
    layout: Layout, releases: Releases
) -> None:
    # an ELF header of a machine type that doesn't exist
    foreign = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x02\x00\xff\xff" + bytes(100)
    releases.publish(VERSION, ARCHIVE, ("livekit-server", foreign))
    with pytest.raises(CoachError, match="can't be run: Exec format error"):
        await install_release(layout, VERSION, print, release_url=releases.url, machine=MACHINE)
    assert leftovers(layout) == []


async def test_a_program_that_is_something_else_is_refused(
    layout: Layout, releases: Releases
) -> None:
    releases.publish(VERSION, ARCHIVE, ("livekit-server", b"#!/bin/sh\necho hello\n"))
    with pytest.raises(CoachError, match="not a livekit-server"):
        await install_release(layout, VERSION, print, release_url=releases.url, machine=MACHINE)
    assert leftovers(layout) == []


async def test_a_disk_that_refuses_is_named(layout: Layout, releases: Releases) -> None:
    releases.publish(VERSION, ARCHIVE, ("livekit-server", PROGRAM))
    layout.make()
    layout.binaries.write_text("in the way")
    with pytest.raises(CoachError, match="can't be written: ") as caught:
        await install_release(layout, VERSION, print, release_url=releases.url, machine=MACHINE)
    assert "COACH_HOME" in caught.value.hint
    assert leftovers(layout) == [layout.binaries]


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(CoachError, match=r"home.* can't be written: "):
        Layout(tmp_path / "home").make()


async def test_a_new_version_takes_the_place_of_the_old(layout: Layout, releases: Releases) -> None:
    for version in ("1.13.5", "1.14.0", "1.13.5"):
        script = f"#!/bin/sh\necho livekit-server version {version}\n".encode()
        releases.publish(version, MACHINE.archive(version), ("livekit-server", script))
        await install_release(layout, version, print, release_url=releases.url, machine=MACHINE)
        found = await installed(layout)
        assert found is not None
        assert found.version == version
        assert leftovers(layout) == [layout.binary(version)]


async def test_the_program_on_path_is_taken_first(
    layout: Layout, releases: Releases, no_programs: Path
) -> None:
    releases.publish(VERSION, ARCHIVE, ("livekit-server", PROGRAM))
    mine = program(no_programs / "livekit-server", "echo livekit-server version 1.12.0")
    binary = await ensure_binary(layout, print, release_url=releases.url)
    assert (binary.path, binary.version) == (mine, "1.12.0")
    assert not layout.binaries.exists()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo livekit-server version 1.0.0", "is version 1.0.0; 1.8.0 or newer is needed"),
        ("echo something else", "is not a livekit-server"),
        ("echo broken; exit 3", "failed: broken"),
    ],
)
async def test_a_bad_program_on_path_is_passed_over_and_named(
    layout: Layout, releases: Releases, no_programs: Path, script: str, said: str
) -> None:
    releases.publish(VERSION, Machine.this().archive(VERSION), ("livekit-server", PROGRAM))
    program(no_programs / "livekit-server", script)
    lines: list[str] = []
    binary = await ensure_binary(layout, lines.append, release_url=releases.url)
    assert binary.path == layout.binary(VERSION)
    assert said in lines[0]


async def test_go_builds_it_when_no_release_can_be_reached(
    layout: Layout, no_programs: Path
) -> None:
    program(
        no_programs / "go",
        'echo "$@" > "$GOBIN/asked"; printf "#!/bin/sh\\necho livekit-server version 1.13.5\\n"'
        ' > "$GOBIN/server"',
    )
    lines: list[str] = []
    binary = await install(layout, lines.append, release_url=CLOSED)
    assert (binary.path, binary.version) == (layout.binary(VERSION), VERSION)
    assert "can't be fetched: " in lines[0]
    assert leftovers(layout) == [binary.path]


async def test_with_no_way_left_all_are_named(layout: Layout, no_programs: Path) -> None:
    with pytest.raises(CoachError) as caught:
        await install(layout, print, release_url=CLOSED)
    assert "checksums.txt can't be fetched: " in caught.value.message
    assert "Go is not on PATH" in caught.value.message
    for way in ("on PATH", "install Go", "--from FILE", "LIVEKIT_URL"):
        assert way in caught.value.hint
    assert "\n" not in caught.value.message + caught.value.hint


async def test_a_cancelled_build_leaves_no_process(tmp_path: Path) -> None:
    script = program(tmp_path / "build", f"sleep 600 & echo $! > {tmp_path}/child; wait")
    pid_file = tmp_path / "child"
    task = asyncio.create_task(run(str(script)))
    await asyncio.to_thread(
        until, lambda: pid_file.exists() and pid_file.read_text(), "the build has a child"
    )
    child = Mark.of(int(pid_file.read_text()))
    assert child.process() is not None
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.to_thread(until, lambda: child.process() is None, "the child has ended")
