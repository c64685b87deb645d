"""Child processes of the product: supervised while they should run, gone when they should not."""

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from coach.tasks import Tasks

log = logging.getLogger("coach.children")

BACKOFF_SECONDS = (0.1, 1.0, 2.0, 4.0, 8.0, 15.0)
STEADY_SECONDS = 5.0
"""A child that lived for so long does not fail at its start: the next one comes at once."""
# glibc's arenas, one for each thread by default, hardly ever give memory back
LEAN = {"MALLOC_ARENA_MAX": "2"}


@asynccontextmanager
async def supervised(
    arguments: list[str],
    environment: Mapping[str, str],
    heard: Callable[[str], None],
    stop_seconds: float,
) -> AsyncIterator[None]:
    """Keep `python -m coach ARGUMENTS` running until the block ends.

    Each line of its standard output goes to `heard`, and "" when it ends. Its standard input is a
    pipe from this process: the child ends when that closes, however this process dies.
    """
    tasks = Tasks()
    child = _Child(arguments, environment, heard, stop_seconds)
    tasks.start(child.keep_running(), "supervisor")
    try:
        yield
    finally:
        await child.stop()
        await tasks.aclose()


async def run_once(arguments: list[str], environment: Mapping[str, str], seconds: float) -> bytes:
    """Run `python -m coach ARGUMENTS` to its end, whatever its exit code; what it printed.

    Raises TimeoutError, with the process ended, when it takes longer.
    """
    process = await asyncio.create_subprocess_exec(
        *_command(arguments),
        env={**LEAN, **os.environ, **environment},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(seconds):
            return (await process.communicate())[0]
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _command(arguments: list[str]) -> tuple[str, ...]:
    return (sys.executable, "-m", "coach", *arguments)


class _Child:
    def __init__(
        self,
        arguments: list[str],
        environment: Mapping[str, str],
        heard: Callable[[str], None],
        stop_seconds: float,
    ) -> None:
        self._arguments = arguments
        self._environment = environment
        self._heard = heard
        self._stop_seconds = stop_seconds
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = False

    async def keep_running(self) -> None:
        failures = 0
        loop = asyncio.get_running_loop()
        while not self._stopping:
            started = loop.time()
            code = await self._run()
            if self._stopping:
                return
            failures = 0 if loop.time() - started > STEADY_SECONDS else failures + 1
            if code:
                log.error("Worker process ended; starting another", extra={"code": code})
            else:
                log.info("Worker process is done; starting another")
            await asyncio.sleep(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS) - 1)])

    async def _run(self) -> int:
        process = await asyncio.create_subprocess_exec(
            *_command(self._arguments),
            env={**LEAN, **os.environ, **self._environment},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        self._process = process
        if process.stdout is not None:
            async for line in process.stdout:
                self._heard(line.decode(errors="replace").strip())
        code = await process.wait()
        self._heard("")
        return code

    async def stop(self) -> None:
        self._stopping = True
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
            try:
                async with asyncio.timeout(self._stop_seconds):
                    await process.wait()
            except TimeoutError:
                log.warning("Worker did not end in time; killed", extra={"pid": process.pid})
                process.kill()
                await process.wait()
