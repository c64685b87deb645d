"""Tasks that are never lost: each is kept until it ends, and its failure is logged."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger("coach.tasks")


class Tasks:
    """Background tasks of one owner, all ended by `aclose`."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Run this in the background; the name appears in the log if it fails."""
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def finish(self, name: str) -> None:
        """Wait until those of this name have ended."""
        named = [task for task in self._running if task.get_name() == name]
        await asyncio.gather(*named, return_exceptions=True)

    async def aclose(self) -> None:
        """Cancel what still runs and wait until it has ended."""
        running = [task for task in self._running if task is not asyncio.current_task()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if task.cancelled() or (failure := task.exception()) is None:
            return
        where = _last_frame(failure)
        log.error(
            "Background task failed",
            extra={"task": task.get_name(), "error": type(failure).__name__, "where": where},
        )


def _last_frame(failure: BaseException) -> str:
    """File and line of the failure; its message may hold what was said and stays out."""
    frame = failure.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    if frame is None:
        return ""
    return f"{frame.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{frame.tb_lineno}"
