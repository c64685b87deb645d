"""A TCP balancer before several instances of a part, which leaves out those that died."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

CHUNK = 65_536


class Balancer:
    """Takes the targets in turn; a connection that one refuses goes to the next."""

    def __init__(self, targets: Sequence[int]) -> None:
        self.port = 0
        self._targets = list(targets)
        self._turn = 0
        self._links: set[asyncio.Task[None]] = set()

    async def link(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection until either end closes it."""
        task = asyncio.current_task()
        assert task
        self._links.add(task)
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                there, back = await self._connect()
                try:
                    await _first_of(_carry(reader, back), _carry(there, writer))
                finally:
                    back.close()
        finally:
            writer.close()
            self._links.discard(task)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        for _ in self._targets:
            self._turn += 1
            port = self._targets[self._turn % len(self._targets)]
            with contextlib.suppress(ConnectionRefusedError):
                return await asyncio.open_connection("127.0.0.1", port)
        raise ConnectionRefusedError

    def close(self) -> None:
        for link in self._links:
            link.cancel()


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await source.read(CHUNK):
        target.write(data)
        await target.drain()


async def _first_of(*ways: Coroutine[Any, Any, None]) -> None:
    tasks = [asyncio.ensure_future(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def balanced(targets: Sequence[int]) -> AsyncIterator[Balancer]:
    """Listening on a free port until the block ends."""
    balancer = Balancer(targets)
    server = await asyncio.start_server(balancer.link, "127.0.0.1", 0)
    balancer.port = server.sockets[0].getsockname()[1]
    try:
        yield balancer
    finally:
        server.close()
        balancer.close()
