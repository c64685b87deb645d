"""A program with the worker's guard against panics that gives up a join halfway.

    python -m tests.support.stranded URL TOKEN

Prints "alive" a while after the SDK has noticed, which takes it some fifteen seconds.
"""

import asyncio
import logging
import sys

from livekit import rtc

from coach.worker.panic import guard

NOTICED_S = 45.0


class Noticed(logging.Handler):
    """Sets an event at the guard's record."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self.event = asyncio.Event()
        self._loop = loop

    def emit(self, _record: logging.LogRecord) -> None:
        self._loop.call_soon_threadsafe(self.event.set)


async def main(url: str, token: str) -> None:
    guard()
    noticed = Noticed(asyncio.get_running_loop())
    logging.getLogger("coach.worker").addHandler(noticed)
    joining = asyncio.create_task(rtc.Room().connect(url, token))
    await asyncio.sleep(0)
    joining.cancel()
    async with asyncio.timeout(NOTICED_S):
        await noticed.event.wait()
    another = rtc.Room()
    await another.connect(url, token)
    await another.disconnect()
    print("alive")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
