"""What a session leaves behind goes back when it ends, and not when the collector comes by; what
can't go back goes with the process.
"""

import asyncio
import ctypes
import gc
from collections.abc import Callable, Set

LOOK_SECONDS = 2.0
QUIET_SECONDS = 10.0


async def tidy_until_spent(running: Callable[[], Set[str]], most: float) -> None:
    """Tidy up after each session, by the ids of those that run, until so many have ended here and
    none has run for a moment: the LiveKit SDK (1.1.21) keeps half a megabyte of every room that it
    was in.
    """
    ended, quiet = 0, 0.0
    before = running()
    while ended < most or quiet < QUIET_SECONDS:
        await asyncio.sleep(LOOK_SECONDS)
        now = running()
        over = before - now
        if over:
            tidy()
        ended += len(over)
        quiet = 0.0 if now else quiet + LOOK_SECONDS
        before = now


def tidy() -> None:
    """Some thousand objects of a session hang together in circles, and hold native memory: that
    of TLS contexts and rooms. glibc's allocator keeps what is freed unless it is asked.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
