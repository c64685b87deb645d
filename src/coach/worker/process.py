"""The worker as a process: alone, or as a child that talks to its parent over pipes."""

import asyncio
import os
import sys

from coach.prompting import load_prompt
from coach.running import WorkerState
from coach.settings import Settings
from coach.store import migrate
from coach.worker.server import run_worker


async def run_alone(settings: Settings) -> None:
    """Until SIGTERM or SIGINT."""
    await migrate(settings)
    _load_no_turn_detector()
    await run_worker(
        settings,
        load_prompt(settings),
        rehearsal=False,
        drain_seconds=settings.coach_drain_seconds,
        connected=lambda _connected: None,
    )


async def run_as_child(settings: Settings, *, rehearsal: bool, drain_seconds: int) -> None:
    """Until SIGTERM, or until standard input closes because the parent is gone.

    Sessions may go on for `drain_seconds` after SIGTERM.
    """
    _end_with_parent()
    _load_no_turn_detector()
    await run_worker(
        settings,
        load_prompt(settings),
        rehearsal=rehearsal,
        drain_seconds=drain_seconds,
        connected=_tell,
    )


def _load_no_turn_detector() -> None:
    """The library would load its own, 240 MB that nobody asks: turns are the hint engine's."""
    os.environ.setdefault("LIVEKIT_AGENTS_PRELOAD_LOCAL_INFERENCE", "0")


def _tell(connected: bool) -> None:
    sys.stdout.write(f"{WorkerState.REGISTERED if connected else WorkerState.LOST}\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    """Nothing is ever written to our input: readable means closed."""
    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin.fileno(), os._exit, 1)
