"""The product as its users run it: a real `coach` process, with its log for failed assertions."""

import asyncio
import contextlib
import os
import random
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil

from coach.livekit_server import Endpoint
from coach.settings import Settings

READY_S = 60.0
PORTS = range(20_000, 30_000)
STOP_S = 30.0


def free_port() -> int:
    """A TCP port that nobody uses now, below those that outgoing connections are given."""
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("", port))
            return port
    raise AssertionError("no port is free")


def bare_environment(**settings: str) -> dict[str, str]:
    """This environment without any of the product's settings, and then these."""
    ours = {name.upper() for name in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {name.upper(): value for name, value in settings.items()}


@dataclass(slots=True)
class Coach:
    """A running `coach` command."""

    process: subprocess.Popen[bytes]
    web: str
    log_file: Path

    def log(self) -> str:
        return self.log_file.read_text(errors="replace")

    async def until(self, condition: Callable[[], object], timeout_s: float = READY_S) -> None:
        """Wait for a condition; the log stands in the failure."""
        try:
            async with asyncio.timeout(timeout_s):
                while not condition():
                    assert self.process.poll() is None, f"coach ended:\n{self.log()}"
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"not within {timeout_s} s:\n{self.log()}") from None

    async def ready(self) -> None:
        """Until /readyz says so."""
        answers: list[int] = []

        async def ask() -> None:
            async with aiohttp.ClientSession() as http:
                while 200 not in answers:
                    try:
                        async with http.get(f"{self.web}/readyz") as answer:
                            answers.append(answer.status)
                    except aiohttp.ClientError:
                        answers.append(0)
                    await asyncio.sleep(0.1)

        asking = asyncio.create_task(ask())
        try:
            await self.until(lambda: 200 in answers)
        finally:
            asking.cancel()


def worker_of(coach: Coach) -> psutil.Process:
    """The process of its worker."""
    children = psutil.Process(coach.process.pid).children()
    return next(child for child in children if "worker-process" in child.cmdline())


@asynccontextmanager
async def running_coach(
    home: Path,
    *command: str,
    environment: dict[str, str] | None = None,
    python: Path = Path(sys.executable),
) -> AsyncIterator[Coach]:
    """`python -m coach COMMAND` in an empty directory, ready; ended by SIGTERM."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    settings = {"coach_home": str(home / "home"), "coach_port": str(port), **(environment or {})}
    log_file = home / "coach.log"
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [python, "-m", "coach", *(command or ("dev",))],
            cwd=home,
            env=bare_environment(**settings),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    coach = Coach(process, f"http://127.0.0.1:{port}", log_file)
    try:
        await coach.ready()
        yield coach
    finally:
        family = _family(process.pid)
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(f"coach did not stop in {STOP_S} s:\n{coach.log()}") from None
        _, orphans = psutil.wait_procs(family, STOP_S)
        assert orphans == [], coach.log()


def _family(parent: int) -> list[psutil.Process]:
    """What this process has started and not yet ended; nothing when it was killed."""
    try:
        return psutil.Process(parent).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


@contextmanager
def running_worker(folder: Path, home: Path, **settings: str) -> Iterator[Coach]:
    """`coach start --only worker`, with its log in `folder`."""
    folder.mkdir(parents=True)
    log_file = folder / "worker.log"
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "coach", "start", "--only", "worker"],
            cwd=folder,
            env=bare_environment(coach_home=str(home), **settings),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Coach(process, "", log_file)
    finally:
        process.kill()
        process.wait()


def livekit_settings(endpoint: Endpoint) -> dict[str, str]:
    """The settings that name this server."""
    return {
        "livekit_url": endpoint.url,
        "livekit_api_key": endpoint.api_key,
        "livekit_api_secret": endpoint.api_secret.get_secret_value(),
    }


def run_coach(
    folder: Path, *command: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`python -m coach COMMAND` to its end, in this directory."""
    settings = {"coach_home": str(folder / "home"), **(environment or {})}
    return subprocess.run(
        [sys.executable, "-m", "coach", *command],
        cwd=folder,
        env=bare_environment(**settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
