"""A livekit-server program on this machine, and putting a new one in its place."""

import asyncio
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from coach.errors import CoachError
from coach.livekit_server.layout import BINARY_NAME, Layout
from coach.livekit_server.programs import run

OLDEST = "1.8.0"
"""The first server that knows explicit agent dispatch in a room's configuration."""

EXECUTABLE_MODE = 0o755
_VERSION = re.compile(r"version v?(\d+\.\d+\.\d+)")


@dataclass(frozen=True, slots=True)
class Binary:
    """A program that was asked for its version."""

    path: Path
    version: str


async def inspect(path: Path) -> Binary:
    """Ask the program for its version. Raises CoachError when it is not a livekit-server."""
    found = _VERSION.search(await run(str(path), "--version"))
    if found is None:
        raise CoachError(f"{path} is not a livekit-server", "remove it, or take it off PATH")
    return Binary(path, found[1])


async def installed(layout: Layout) -> Binary | None:
    """The program that was installed into this home, None when there is none that runs."""
    for path in sorted(layout.binaries.glob(f"*/{BINARY_NAME}"), key=_by_version, reverse=True):
        try:
            return await inspect(path)
        except CoachError:
            continue
    return None


async def on_path() -> Binary | None:
    """The program on PATH. Raises CoachError when it doesn't run or is too old."""
    found = shutil.which(BINARY_NAME)
    if found is None:
        return None
    binary = await inspect(await asyncio.to_thread(Path(found).resolve))
    if version_key(binary.version) < version_key(OLDEST):
        raise CoachError(
            f"{found} is version {binary.version}; {OLDEST} or newer is needed",
            "upgrade it, or take it off PATH",
        )
    return binary


async def place(new: Path, layout: Layout) -> Binary:
    """Move a program from within the layout's root into place in one step.

    It replaces every version installed before. Raises CoachError when it doesn't run here.
    """
    await asyncio.to_thread(_make_runnable, new)
    version = (await inspect(new)).version
    target = layout.binary(version)
    await asyncio.to_thread(_replace_all, layout.binaries, new, target)
    return Binary(target, version)


def version_key(version: str) -> tuple[int, ...]:
    """Versions in their order: 1.9.0 before 1.13.5."""
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _by_version(path: Path) -> tuple[int, ...]:
    return version_key(path.parent.name)


def _make_runnable(path: Path) -> None:
    path.chmod(EXECUTABLE_MODE)
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _replace_all(binaries: Path, new: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    new.replace(target)
    for folder in binaries.iterdir():
        if folder != target.parent:
            shutil.rmtree(folder)
