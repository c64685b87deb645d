"""What a session leaves behind goes back when it ends, and not when the collector comes by."""

import asyncio
import ctypes
import gc
from collections.abc import Callable

LOOK_SECONDS = 2.0


async def tidy_after_sessions(running: Callable[[], int]) -> None:
    """Look again and again whether fewer sessions run, until cancelled."""
    before = 0
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        now = running()
        if now < before:
            tidy()
        before = now


def tidy() -> None:
    """Some thousand objects of a session hang together in circles, and hold native memory: that
    of TLS contexts and rooms. glibc's allocator keeps what is freed unless it is asked.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
