"""The recogniser's process, as the service sees it."""

import asyncio
import json
import sys
from typing import Any

STOP_SECONDS = 2.0
LINE_LIMIT = 1024 * 1024


class EarError(Exception):
    """The recogniser's process ended."""


class Ear:
    """One file at a time; a recogniser that died is started again by the next file."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def open(self) -> None:
        """Start, and wait until files are welcome. Raises EarError."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "coach.rehearsal.recogniser",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=LINE_LIMIT,
        )
        await self._line(self._process)

    async def hear(self, upload: bytes) -> dict[str, Any]:
        """The recogniser's answer to a WAV file. Raises EarError."""
        async with self._turn:
            if self._process is None or self._process.returncode is not None:
                await self.open()
            return await self._ask(upload)

    async def close(self) -> None:
        """End the process."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        _stdin(process).close()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _ask(self, upload: bytes) -> dict[str, Any]:
        process = self._process
        if process is None:
            raise EarError
        try:
            stdin = _stdin(process)
            stdin.writelines((f"{len(upload)}\n".encode(), upload))
            await stdin.drain()
        except ConnectionError:
            raise EarError from None
        return await self._line(process)

    async def _line(self, process: asyncio.subprocess.Process) -> dict[str, Any]:
        line = await process.stdout.readline() if process.stdout else b""
        if not line:
            await process.wait()
            raise EarError
        answer: dict[str, Any] = json.loads(line)
        return answer


def _stdin(process: asyncio.subprocess.Process) -> asyncio.StreamWriter:
    if process.stdin is None:
        raise EarError
    return process.stdin
