"""What the worker's process says of itself, line by line, on its standard output."""

import asyncio
import json
import math
import time

from coach.errors import CoachError

READY_SECONDS = 60.0


class WorkerState:
    """What the worker's process says of itself."""

    REGISTERED, LOST, METRICS = "registered", "lost", "metrics "

    def __init__(self) -> None:
        self._registered = asyncio.Event()
        self._came = asyncio.Event()
        self._since = math.inf
        self._metrics = ""

    def heard(self, line: str) -> None:
        """A line of the worker's standard output, or "" when it has ended."""
        if line.startswith(self.METRICS):
            self._metrics = json.loads(line.removeprefix(self.METRICS))
            return
        if line == self.REGISTERED:
            self._registered.set()
            self._came.set()
            self._since = min(self._since, time.monotonic())
        else:
            self._registered.clear()
        if not line:
            self._metrics, self._since = "", math.inf

    def metrics(self) -> str:
        """Its figures in Prometheus' text format, some seconds old; "" while there is none."""
        return self._metrics

    def ready(self) -> bool:
        """Whether the worker is registered with LiveKit now."""
        return self._registered.is_set()

    def since(self) -> float:
        """When this very process registered first, by the monotonic clock; infinite before."""
        return self._since

    async def comes(self) -> None:
        """Until it has registered once more; for one listener."""
        await self._came.wait()
        self._came.clear()

    async def wait(self) -> None:
        """Until it is registered. Raises CoachError after a minute."""
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self._registered.wait()
        except TimeoutError:
            raise CoachError(
                "the worker did not reach LiveKit within a minute",
                "read the log above; check LIVEKIT_URL and its key",
            ) from None
