"""Run another program to its end."""

import asyncio
import contextlib

import psutil

from coach.errors import CoachError


async def run(*command: str) -> str:
    """What the program printed, both streams; when cancelled, it and its children are killed.

    Raises CoachError with the last line that it printed when it fails or can't be started.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
    except OSError as error:
        raise CoachError(
            f"{command[0]} can't be run: {error.strerror}", "check the file and its permissions"
        ) from None
    try:
        output, _ = await process.communicate()
    except asyncio.CancelledError:
        _kill_tree(process.pid)
        await process.wait()
        raise
    text = output.decode(errors="replace").strip()
    if process.returncode != 0:
        last = text.splitlines()[-1] if text else f"exit code {process.returncode}"
        raise CoachError(f"{command[0]} failed: {last}", f"run it by hand: {' '.join(command)}")
    return text


def _kill_tree(pid: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        for process in [*parent.children(recursive=True), parent]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
