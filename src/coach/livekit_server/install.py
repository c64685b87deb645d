"""Get a livekit-server: on PATH, by Homebrew, from the release archive, or built by Go."""

import shutil
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from coach.errors import CoachError
from coach.livekit_server.binary import Binary, inspect, installed, on_path, place
from coach.livekit_server.layout import BINARY_NAME, Layout
from coach.livekit_server.programs import run
from coach.livekit_server.release import RELEASE_URL, install_release

VERSION = "1.13.5"
GO_PACKAGE = "github.com/livekit/livekit-server/cmd/server"
GO_PROGRAM = "server"

Report = Callable[[str], None]


async def ensure_binary(
    layout: Layout, report: Report, *, release_url: str = RELEASE_URL
) -> Binary:
    """The program that was installed here, else the one on PATH, else a new installation.

    Raises CoachError that names every way that was tried and why it failed.
    """
    here = await installed(layout)
    if here is not None:
        return here
    try:
        found = await on_path()
    except CoachError as error:
        report(f"Not used: {error.message}")
    else:
        if found is not None:
            return found
    return await install(layout, report, release_url=release_url)


async def install(
    layout: Layout, report: Report, *, version: str = VERSION, release_url: str = RELEASE_URL
) -> Binary:
    """Install this version by the first way that works.

    Raises CoachError that names every way and why it failed.
    """
    layout.make()
    ways: list[Callable[[], Awaitable[Binary]]] = [
        lambda: install_release(layout, version, report, release_url=release_url),
        lambda: _install_by_go(layout, version, report),
    ]
    if sys.platform == "darwin" and version == VERSION:
        ways.insert(0, lambda: _install_by_homebrew(report))
    failures = []
    for way in ways:
        try:
            return await way()
        except CoachError as error:
            report(f"Not this way: {error.message}")
            failures.append(error.message)
    raise CoachError(
        f"livekit-server {version} can't be installed: {'; '.join(failures)}",
        "put livekit-server on PATH, install Go, run `coach livekit install --from FILE`,"
        " or set LIVEKIT_URL with its key",
    )


async def _install_by_homebrew(report: Report) -> Binary:
    if shutil.which("brew") is None:
        raise CoachError("Homebrew is not on PATH", "install it from https://brew.sh")
    report("Installing livekit-server with Homebrew")
    await run("brew", "install", "livekit")
    prefix = Path(await run("brew", "--prefix", "livekit"))
    return await inspect(prefix / "bin" / BINARY_NAME)


async def _install_by_go(layout: Layout, version: str, report: Report) -> Binary:
    if shutil.which("go") is None:
        raise CoachError("Go is not on PATH", "install it from https://go.dev/dl")
    report(f"Building livekit-server {version} with Go: some minutes, this once")
    with layout.scratch() as folder:
        await run(
            "env",
            f"GOBIN={folder}",
            "CGO_ENABLED=0",
            "go",
            "install",
            "-ldflags=-s -w",
            f"{GO_PACKAGE}@v{version}",
        )
        return await place(folder / GO_PROGRAM, layout)
