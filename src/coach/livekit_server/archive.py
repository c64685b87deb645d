"""Installing from a file that somebody brought along."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from coach.errors import CoachError
from coach.livekit_server.binary import Binary, place
from coach.livekit_server.layout import Layout
from coach.livekit_server.release import checksum, sha256, unpack

CHECKSUMS = "checksums.txt"


async def install_file(layout: Layout, file: Path, report: Callable[[str], None]) -> Binary:
    """Install from a release archive, checked against `checksums.txt` beside it if that exists.

    Raises CoachError when it doesn't match, is no such archive, or doesn't run here.
    """
    with layout.scratch() as folder:
        program = await asyncio.to_thread(_take_out, file, folder, report)
        return await place(program, layout)


def _take_out(file: Path, folder: Path, report: Callable[[str], None]) -> Path:
    if not file.is_file():
        raise CoachError(f"there is no file {file}", "give the path of a release archive")
    checksums = file.with_name(CHECKSUMS)
    if not checksums.is_file():
        report(f"Not verified: there is no {CHECKSUMS} beside {file.name}")
    elif sha256(file) != checksum(checksums.read_text(encoding="utf-8"), file.name):
        raise CoachError(
            f"{file.name} does not match {checksums}", "download both again from one release"
        )
    else:
        report(f"{file.name} matches {checksums}")
    return unpack(file, folder)
