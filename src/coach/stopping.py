"""SIGINT and SIGTERM: one ends the work, two end the process."""

import asyncio
import logging
import os
import signal

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
