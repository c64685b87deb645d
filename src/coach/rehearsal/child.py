"""The rehearsal service's process, as its parent sees it."""

import asyncio
import contextlib
import importlib.util
import logging
import secrets
import sys
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from pydantic import SecretStr

from coach.errors import CoachError
from coach.tasks import Tasks

log = logging.getLogger("coach.rehearsal")

READY_SECONDS = 60.0
STOP_SECONDS = 5.0
KEPT_LINES = 20


@dataclass(frozen=True, slots=True)
class Provider:
    """Where an OpenAI-compatible service answers, and the key that it takes."""

    base_url: str
    api_key: SecretStr


@asynccontextmanager
async def running_rehearsal() -> AsyncIterator[Provider]:
    """Run the rehearsal service in a child process until the block ends.

    The child listens on loopback, on a free port, and ends when this process does, however that
    ends. Raises CoachError when the recogniser isn't installed or the child doesn't start.
    """
    _require_recogniser()
    key = f"rehearsal-{secrets.token_urlsafe(32)}"
    process = await _started()
    tasks, child = Tasks(), _Child(process)
    tasks.start(child.relay_errors(), "rehearsal-errors")
    try:
        port = await child.port(key)
        tasks.start(child.watch(), "rehearsal-watch")
        yield Provider(f"http://127.0.0.1:{port}/v1", SecretStr(key))
    finally:
        await child.stop()
        await tasks.aclose()


def _require_recogniser() -> None:
    if importlib.util.find_spec("pocketsphinx") is None:
        raise CoachError(
            "there is no OPENAI_API_KEY, and the offline recogniser for rehearsals isn't installed",
            "set OPENAI_API_KEY in .agent.env, or run: uv sync --extra rehearsal",
        )


async def _started() -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "coach.rehearsal",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )


class _Child:
    """The running process; what it says on standard error goes to the log."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._said: deque[str] = deque(maxlen=KEPT_LINES)
        self._all_said = asyncio.Event()
        self._stopping = False

    async def port(self, key: str) -> int:
        """Hand over the key and wait for the port. Raises CoachError."""
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self._tell(key)
                line = await self._process.stdout.readline() if self._process.stdout else b""
                if line:
                    return int(line)
                await self._all_said.wait()
        except TimeoutError:
            self._said.append(f"no answer within {READY_SECONDS:.0f} s")
        raise CoachError(
            f"the rehearsal service did not start: {' / '.join(self._said) or 'it ended silently'}",
            "run `uv sync --all-extras` again, or set OPENAI_API_KEY in .agent.env",
        )

    async def relay_errors(self) -> None:
        """Pass on the lines of standard error until it closes."""
        if self._process.stderr is not None:
            async for line in self._process.stderr:
                self._said.append(line.decode(errors="replace").strip())
                log.warning("Rehearsal service says", extra={"line": self._said[-1]})
        self._all_said.set()

    async def watch(self) -> None:
        """Report an end that nobody asked for."""
        code = await self._process.wait()
        if not self._stopping:
            log.error("Rehearsal service ended; start again to rehearse", extra={"code": code})

    async def stop(self) -> None:
        """Close its input, which ends it, and wait."""
        self._stopping = True
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def _tell(self, key: str) -> None:
        if self._process.stdin is not None:
            with contextlib.suppress(ConnectionError):
                self._process.stdin.write(f"{key}\n".encode())
                await self._process.stdin.drain()
