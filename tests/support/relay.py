"""A stretch of network on the way to a port of this machine: to be cut, or to be shared by several
instances of a part, of which it leaves out those that died.
"""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

CHUNK = 65_536


class Relay:
    """Passes TCP connections on to its targets in turn; one that a target refuses goes to the
    next.
    """

    def __init__(self, *targets: int) -> None:
        self._targets = targets
        self._turn = 0
        self._lines: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it."""
        self._lines.add(writer)
        try:
            there, beyond = await self._connect()
            self._lines.add(beyond)
            async with asyncio.TaskGroup() as group:
                group.create_task(_copy(reader, beyond))
                group.create_task(_copy(there, writer))
            self._lines.discard(beyond)
        except ConnectionRefusedError:
            writer.close()
        finally:
            self._lines.discard(writer)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        for _ in self._targets:
            self._turn += 1
            port = self._targets[self._turn % len(self._targets)]
            with contextlib.suppress(ConnectionRefusedError):
                return await asyncio.open_connection("127.0.0.1", port)
        raise ConnectionRefusedError

    def cut(self) -> None:
        """End every connection that there is, without a word."""
        for line in tuple(self._lines):
            line.transport.abort()


@asynccontextmanager
async def relay(*targets: int, behind: ssl.SSLContext | None = None) -> AsyncIterator[Relay]:
    """On a port of its own, until the block ends; `behind` a certificate, with plain targets."""
    made = Relay(*targets)
    server = await asyncio.start_server(made.pass_on, "127.0.0.1", 0, ssl=behind)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        made.cut()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
    writer.close()
