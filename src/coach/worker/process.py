"""The worker as a process: alone, or as a child that talks to its parent over pipes."""

import asyncio
import json
import math
import os
import sys

from coach.prompting import load_prompt
from coach.settings import Settings
from coach.store import migrate
from coach.tasks import Tasks
from coach.worker.monitor import monitored
from coach.worker.server import run_worker
from coach.worker.tally import Tally
from coach.worker_state import WorkerState

METRICS_SECONDS = 5.0


async def run_alone(settings: Settings) -> None:
    """Until SIGTERM or SIGINT."""
    await migrate(settings)
    _spare_what_nobody_asks()
    registered, figures = asyncio.Event(), Tally()
    async with monitored(settings, registered.is_set, figures):
        await run_worker(
            settings,
            load_prompt(settings),
            rehearsal=False,
            drain_seconds=settings.coach_drain_seconds,
            connected=lambda now: registered.set() if now else registered.clear(),
            figures=figures,
        )


async def run_as_child(settings: Settings, *, rehearsal: bool, drain_seconds: int) -> None:
    """Until SIGTERM, or until standard input closes because the parent is gone.

    Sessions may go on for `drain_seconds` after SIGTERM. Where they leave something behind, the
    process ends when it has held as many as it should; the parent starts the next.
    """
    _end_with_parent()
    _spare_what_nobody_asks()
    tasks, figures = Tasks(), Tally()
    tasks.start(_tell_metrics(figures), "metrics")
    try:
        await run_worker(
            settings,
            load_prompt(settings),
            rehearsal=rehearsal,
            drain_seconds=drain_seconds,
            connected=_tell,
            figures=figures,
            most=_most_sessions(settings),
        )
    finally:
        await tasks.aclose()


def _most_sessions(settings: Settings) -> float:
    """A session in a process of its own leaves nothing to the worker."""
    shared = settings.coach_executor == "thread"
    return (shared and settings.coach_worker_sessions) or math.inf


def _spare_what_nobody_asks() -> None:
    """The library would load a turn detector, 240 MB: turns are the hint engine's. And it would
    look at each session's loop fifty times a second, from another thread, for what blocks it: a
    tenth of what a session costs. Either can be turned on again in the environment.
    """
    os.environ.setdefault("LIVEKIT_AGENTS_PRELOAD_LOCAL_INFERENCE", "0")
    os.environ.setdefault("LIVEKIT_AGENTS_LOOP_BLOCK_WARN_MS", "0")


def _tell(connected: bool) -> None:
    _write(WorkerState.REGISTERED if connected else WorkerState.LOST)


async def _tell_metrics(figures: Tally) -> None:
    while True:
        _write(WorkerState.METRICS + json.dumps(figures.exposition()))
        await asyncio.sleep(METRICS_SECONDS)


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    """Nothing is ever written to our input: readable means closed."""
    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin.fileno(), os._exit, 1)
