"""A stretch of network between a page and the web app, to be cut."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

CHUNK = 65_536


class Relay:
    """Passes TCP connections on to a port of this machine."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._lines: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it."""
        there, beyond = await asyncio.open_connection("127.0.0.1", self._to)
        self._lines |= {writer, beyond}
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_copy(reader, beyond))
                group.create_task(_copy(there, writer))
        finally:
            self._lines -= {writer, beyond}

    def cut(self) -> None:
        """End every connection that there is, without a word."""
        for line in tuple(self._lines):
            line.transport.abort()


@asynccontextmanager
async def relay(to: int) -> AsyncIterator[Relay]:
    """On a port of its own, until the block ends."""
    made = Relay(to)
    server = await asyncio.start_server(made.pass_on, "127.0.0.1", 0)
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
