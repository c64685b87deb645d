"""The rehearsal service as a child process.

The first line of standard input is the key; its end is the end of the parent, and of the service.
Standard output gets one line: the port.
"""

import asyncio
import sys

from coach.rehearsal.ear import EarError
from coach.rehearsal.service import running_service


async def main() -> None:
    """Serve until the parent is gone."""
    stdin = await _standard_input()
    key = (await stdin.readline()).decode().strip()
    async with running_service(key) as port:
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
        await stdin.read()


async def _standard_input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except EarError:
        sys.exit("the recogniser did not start")
