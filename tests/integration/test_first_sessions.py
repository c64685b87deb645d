"""Sessions that begin at once in a fresh worker each get their coach."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.integration

PROGRAM = """
import threading
from coach.worker import panic, setup
from livekit.rtc._ffi_client import FfiClient

panic.guard()
setup.prepare()
clients, together = [], threading.Barrier(8)

def begin():
    together.wait()
    clients.append(FfiClient.instance)

threads = [threading.Thread(target=begin) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len({id(client) for client in clients}))
"""


def test_sessions_that_begin_at_once_share_one_client_of_the_sdk() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "1\n", done.stdout + done.stderr
