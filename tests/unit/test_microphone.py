"""A session is woken by the sound of its own microphone alone."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from livekit import rtc
from livekit.rtc._ffi_client import FfiClient
from livekit.rtc._proto import ffi_pb2

from coach.worker.microphone import _Sound

pytestmark = pytest.mark.unit

HANDLE = 7


def frame_of(stream: int) -> ffi_pb2.FfiEvent:
    event = ffi_pb2.FfiEvent()
    event.audio_stream_event.stream_handle = stream
    return event


async def test_frames_of_other_sessions_are_not_delivered(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(stream: Any, _track: rtc.Track, **_options: Any) -> None:
        stream._loop = asyncio.get_running_loop()
        stream._ffi_handle = SimpleNamespace(handle=HANDLE)
        stream._ffi_queue = FfiClient.instance.queue.subscribe(stream._loop)

    monkeypatch.setattr(rtc.AudioStream, "__init__", opened)
    stream = _Sound(cast("rtc.Track", None))
    queue = FfiClient.instance.queue
    try:
        for event in (frame_of(HANDLE + 1), frame_of(HANDLE), ffi_pb2.FfiEvent()):
            queue.put(event)
        assert (await stream._ffi_queue.get()).audio_stream_event.stream_handle == HANDLE
        await asyncio.sleep(0)
        assert stream._ffi_queue.empty()
    finally:
        queue.unsubscribe(stream._ffi_queue)
