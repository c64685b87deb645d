"""How this web app runs."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path


async def _never() -> None:
    await asyncio.Event().wait()


@dataclass(frozen=True, slots=True)
class WebConfig:
    """`open_access`: anyone on this machine may take the default room's two seats (`dev`).
    `worker_ready`: whether this process' worker is registered, None when workers run elsewhere and
    it can't know. `draining`: whether this process is about to end, and takes no new session.
    `worker_comes`: returns each time that a worker has registered, as far as this process can
    know. `worker_since`: since when, by the monotonic clock, none of its workers has ended.
    """

    host: str
    open_access: bool
    rehearsal: bool
    pages: Path
    worker_ready: Callable[[], bool] | None
    worker_comes: Callable[[], Awaitable[None]] = _never
    worker_since: Callable[[], float] = lambda: 0.0
    worker_metrics: Callable[[], str] = lambda: ""
    draining: Callable[[], bool] = lambda: False
