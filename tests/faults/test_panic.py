"""The LiveKit SDK panics: over a join that was given up, which ends nothing else, or for good."""

import asyncio
import subprocess
import sys

import pytest
from livekit import api

from coach.livekit_server import Endpoint
from coach.worker.panic import ABANDONED_JOIN, EXIT_CODE

pytestmark = [pytest.mark.faults]

REPORT = """
import ctypes, sys
from livekit.rtc import _ffi_client as ffi
from livekit.rtc._proto.ffi_pb2 import FfiEvent
from coach.worker.panic import guard

guard()
event = FfiEvent()
event.panic.message = sys.argv[1]
body = event.SerializeToString()
ffi.ffi_event_callback((ctypes.c_uint8 * len(body)).from_buffer_copy(body), len(body))
print("alive")
"""


def reported(message: str) -> subprocess.CompletedProcess[str]:
    """A process to which the SDK reports this panic."""
    command = [sys.executable, "-c", REPORT, message]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)


def test_a_join_that_was_given_up_ends_nothing() -> None:
    process = reported(f"invalid request: {ABANDONED_JOIN} after ConnectCallback (room_handle=3)")
    assert process.returncode == 0, process.stderr
    assert process.stdout == "alive\n"


def test_a_real_panic_ends_the_process_at_once_and_as_broken() -> None:
    process = reported("task 1028 panicked")
    assert process.returncode == EXIT_CODE, process.stderr
    assert "The LiveKit SDK broke" in process.stderr


@pytest.mark.lengthy
async def test_the_sdk_reports_a_join_that_was_given_up_and_works_on(livekit: Endpoint) -> None:
    secret = livekit.api_secret.get_secret_value()
    grants = api.VideoGrants(room_join=True, room="stranded")
    token = api.AccessToken(livekit.api_key, secret).with_identity("someone").with_grants(grants)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.stranded",
        livekit.url,
        token.to_jwt(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, complained.decode()
    assert said == b"alive\n"
