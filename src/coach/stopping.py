"""SIGINT and SIGTERM: one ends the work, two end the process."""

import asyncio
import atexit
import logging
import os
import signal
import sys
from typing import NoReturn

log = logging.getLogger("coach")


def stop_signal() -> asyncio.Event:
    """An event that SIGINT and SIGTERM set; a second one ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def on_signal() -> None:
        if stop.is_set():
            log.warning("Second signal: ending at once")
            logging.shutdown()
            os._exit(1)
        stop.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, on_signal)
    return stop


def leave() -> NoReturn:
    """End this process, its work being done, without taking the interpreter apart: threads of the
    LiveKit SDK that still call into Python meanwhile would abort it.
    """
    atexit._run_exitfuncs()  # noqa: SLF001 (nothing public runs them without the rest)
    sys.stdout.flush()
    os._exit(0)
