"""What a session leaves behind goes back when it ends, and not when the collector comes by; what
can't go back goes with the process.
"""

import asyncio
import ctypes
import gc
from collections.abc import Callable

LOOK_SECONDS = 2.0
QUIET_SECONDS = 10.0


async def tidy_until_spent(
    taken: Callable[[], int], running: Callable[[], int], most: float
) -> None:
    """Tidy up when sessions have ended, until so many have ended here and none has run for a
    moment: the LiveKit SDK (1.1.21) keeps half a megabyte of every room that it was in.

    `taken` counts all sessions so far, for one may begin and end between two looks; `running` those
    of now.
    """
    ended, quiet = 0, 0.0
    while ended < most or quiet < QUIET_SECONDS:
        await asyncio.sleep(LOOK_SECONDS)
        now = running()
        before, ended = ended, taken() - now
        if ended > before:
            tidy()
        quiet = 0.0 if now else quiet + LOOK_SECONDS


def tidy() -> None:
    """Some thousand objects of a session hang together in circles, and hold native memory: that
    of TLS contexts and rooms. glibc's allocator keeps what is freed unless it is asked.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
