"""The LiveKit SDK's panics, which by its own rule end the process with all its sessions' threads.

One kind is none: when a join is given up halfway, because its room was deleted or its job ended,
the SDK closes that room, and reports a panic. That ends nothing here. After a real one the SDK can
not go on, nor could a session be drained: the process ends at once, for another to take over.
"""

import ctypes
import logging
import os
from collections.abc import Callable

from livekit.rtc import _ffi_client as ffi
from livekit.rtc._proto.ffi_pb2 import FfiEvent, Panic

log = logging.getLogger("coach.worker")

ABANDONED_JOIN = "timed out waiting for ReadyForRoomEventRequest"
EXIT_CODE = 70
_PANIC = FfiEvent(panic=Panic()).SerializePartialToString()[:-1]
"""How an event begins that tells of a panic. All others, thirty a second from each microphone, are
for the SDK alone to read.
"""


def guard(end: Callable[[int], object] = os._exit) -> None:
    """Answer panics from now on; to be called before the SDK is used. `end` is given the exit
    code of a process that broke.
    """
    if ffi.FfiClient._instance is not None:  # noqa: SLF001 (it has no other way to ask)
        raise RuntimeError("the LiveKit SDK is in use already")
    theirs = ffi.ffi_event_callback

    def answer(data: "ctypes._Pointer[ctypes.c_uint8]", length: int) -> None:
        if ctypes.string_at(data, min(length, len(_PANIC))) == _PANIC:
            event = FfiEvent.FromString(ctypes.string_at(data, length))
            _answer(event.panic.message, end)
        else:
            theirs(data, length)

    ffi.ffi_event_callback = ffi.ffi_cb_fnc(answer)


def _answer(message: str, end: Callable[[int], object]) -> None:
    if ABANDONED_JOIN in message:
        log.warning("A join was given up; the other sessions go on")
        return
    log.critical("The LiveKit SDK broke; the worker ends")
    logging.shutdown()
    end(EXIT_CODE)
