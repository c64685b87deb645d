"""The server for one run of `coach dev`: ours that runs already, or one that ends with it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from filelock import AsyncFileLock

from coach.livekit_server import server
from coach.livekit_server.config import Endpoint, endpoint
from coach.livekit_server.install import Report, ensure_binary
from coach.livekit_server.layout import Layout
from coach.livekit_server.release import RELEASE_URL
from coach.livekit_server.server import Keeping
from coach.settings import Settings

__all__ = ["Endpoint", "found_server", "local_server"]


@asynccontextmanager
async def local_server(
    home: Path, report: Report, *, port: int | None = None, release_url: str = RELEASE_URL
) -> AsyncIterator[Endpoint]:
    """Lend a healthy server of this home; one that was started for it is stopped at exit.

    It ends with this process too, however that dies. `port`: exactly this one, 0 for any free one,
    None for the customary one or the next free. Raises CoachError when there is no way to have one.
    """
    layout = Layout(home)
    layout.make()
    async with AsyncFileLock(layout.lock):
        ports = await asyncio.to_thread(server.running, layout)
        started = None if ports else await _start(layout, report, port, release_url)
    if ports is not None:
        report(f"Using the LiveKit server that runs on port {ports.http}")
        yield endpoint(layout, ports)
    elif started is not None:
        report(f"LiveKit server runs on port {started.ports.http}")
        try:
            yield endpoint(layout, started.ports)
        finally:
            await asyncio.to_thread(started.close)


def found_server(settings: Settings) -> Endpoint | None:
    """The server that the settings name, or ours that runs on this machine; blocks. None when
    there is neither.
    """
    url, key, secret = settings.livekit_url, settings.livekit_api_key, settings.livekit_api_secret
    if url is not None:
        return Endpoint(url, key, secret) if key and secret else None
    layout = Layout(settings.coach_home)
    ports = server.running(layout)
    return endpoint(layout, ports) if ports else None


async def _start(layout: Layout, report: Report, port: int | None, release_url: str) -> Keeping:
    binary = await ensure_binary(layout, report, release_url=release_url)
    report(f"Starting livekit-server {binary.version}")
    return await asyncio.to_thread(server.start, layout, binary, report, port=port, owned=True)
