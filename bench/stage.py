"""Everything the benchmark runs on: server, provider, our coach, the plain recipe's worker."""

import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from bench import plain_recipe
from bench.latencies import Latencies
from bench.script import Turn
from bench.sides import OUR_KEY, PLAIN_KEY, Door, Side, our_side, plain_side
from tests.support.coach import bare_environment, livekit_settings, running_coach
from tests.support.livekit import running_livekit

START_SECONDS = 60.0
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Service:
    """A provider that runs."""

    origin: str
    pid: int


class Provider:
    """The provider process, as the benchmark talks to it."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http

    async def begin(self, turn: Turn) -> None:
        """Tell what is being said from now on."""
        body = {"text": turn.text, "spoken_s": turn.spoken_s, "answer": turn.answer}
        async with self._http.post("/turn", json=body) as answer:
            answer.raise_for_status()

    async def calls(self) -> list[dict[str, Any]]:
        """Every call so far."""
        async with self._http.get("/calls") as answer:
            calls: list[dict[str, Any]] = await answer.json()
            return calls


@dataclass(frozen=True, slots=True)
class Stage:
    """Both contenders, listening."""

    provider: Provider
    sides: tuple[Side, Side]


@asynccontextmanager
async def staged(home: Path, latencies: Latencies, pause_s: float) -> AsyncIterator[Stage]:
    """Start all of it below `home`, both sides with the same pause, and end it with the block."""
    with running_livekit(home / "livekit") as livekit, running_provider(latencies) as service:
        settings = livekit_settings(livekit) | {"openai_base_url": f"{service.origin}/v1"}
        ours = settings | {"openai_api_key": OUR_KEY, "coach_pause_seconds": str(pause_s)}
        theirs = settings | {"openai_api_key": PLAIN_KEY}
        if pause_s != plain_recipe.OWN_PAUSE_SECONDS:
            theirs["plain_pause_seconds"] = str(pause_s)
        async with (
            aiohttp.ClientSession(service.origin) as http,
            running_coach(home / "coach", "dev", environment=ours) as coach,
        ):
            with running_plain_worker(home / "plain.log", theirs):
                async with (
                    our_side(Door(coach.web)) as one,
                    plain_side(livekit, plain_recipe.AGENT_NAME) as other,
                ):
                    one.ear.start()
                    other.ear.start()
                    yield Stage(Provider(http), (one, other))


@contextmanager
def running_provider(latencies: Latencies) -> Iterator[Service]:
    """The paid services' stand-in."""
    figures = (latencies.stt_s, latencies.first_token_s, latencies.tokens_per_s)
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.provider", *(str(figure) for figure in figures)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with _ended(process):
        if process.stdout is None or not (line := process.stdout.readline()):
            raise RuntimeError("the provider did not start")
        yield Service(f"http://127.0.0.1:{line.strip()}", process.pid)


@contextmanager
def running_plain_worker(log_file: Path, settings: dict[str, str]) -> Iterator[int]:
    """The plain recipe, registered; its process id."""
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.plain_recipe", "start"],
            cwd=ROOT,
            env=bare_environment(**settings),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    with _ended(process):
        until = time.monotonic() + START_SECONDS
        while "registered worker" not in log_file.read_text(errors="replace"):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the plain recipe did not start:\n{log_file.read_text()}")
            time.sleep(0.2)
        yield process.pid


@contextmanager
def _ended(process: subprocess.Popen[Any]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
