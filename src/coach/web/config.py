"""How this web app runs."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WebConfig:
    """`open_access`: anyone on this machine may take the default room's two seats (`dev`).
    `worker_ready`: whether a worker is registered, as far as this process can know. `draining`:
    whether this process is about to end, and takes no new session.
    """

    host: str
    open_access: bool
    rehearsal: bool
    pages: Path
    worker_ready: Callable[[], bool]
    worker_metrics: Callable[[], str] = lambda: ""
    draining: Callable[[], bool] = lambda: False
