"""A real livekit-server for tests, on free ports of its own.

    with running_livekit(tmp_path) as endpoint:
        ...  # endpoint.url, endpoint.api_key, endpoint.api_secret

The program is the one the product itself finds or installs, kept in the repository's `.cache`.
"""

import asyncio
import functools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from livekit import api

from coach.livekit_server import Endpoint, config, server
from coach.livekit_server.binary import Binary
from coach.livekit_server.install import ensure_binary
from coach.livekit_server.layout import Layout
from coach.livekit_server.reach import Reach

CACHE = Path(__file__).parents[2] / ".cache" / "livekit"


@functools.cache
def livekit() -> Binary:
    """The program and its version; installed the first time."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(CACHE / "tests.lock"), ThreadPoolExecutor(1) as thread:
        work = ensure_binary(Layout(CACHE), print)
        return thread.submit(asyncio.run, work).result()


def livekit_binary() -> Path:
    """The program; put its folder on PATH for a product that is to find it."""
    return livekit().path


@contextmanager
def running_livekit(home: Path, at: str | None = None) -> Iterator[Endpoint]:
    """A server with its files below `home`, which offers its media `at` this address, or where its
    settings there say; it ends with the block and with the test run.
    """
    layout = Layout(home)
    if at is not None:
        layout.make()
        Reach(at).write(layout.reach)
    keeping = server.start(layout, livekit(), print, port=0, owned=True)
    try:
        yield config.endpoint(layout, keeping.ports)
    finally:
        keeping.close()


async def end_sessions(at: Endpoint) -> None:
    """Close every room, so that nothing has to be waited for when the coach stops."""
    secret = at.api_secret.get_secret_value()
    async with api.LiveKitAPI(at.url, at.api_key, secret) as asked:
        rooms = await asked.room.list_rooms(api.ListRoomsRequest())
        for room in rooms.rooms:
            await asked.room.delete_room(api.DeleteRoomRequest(room=room.name))
