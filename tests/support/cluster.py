"""The product scaled out on loopback: two of each part, one Redis, one PostgreSQL, one provider.

Balancers stand before the web apps and before the LiveKit nodes. Every part is a process that can
be killed and started again.
"""

import asyncio
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from livekit import api
from tests.support.coach import bare_environment, free_port
from tests.support.livekit import livekit_binary
from tests.support.postgres import Postgres, running_postgres
from tests.support.processes import until
from tests.support.provider import ScriptedProvider, scripted_provider
from tests.support.relay import Relay, relay

KEY, SECRET = "cluster", "a-secret-of-thirty-two-characters-or-more"
ACCESS_KEY = "correct-horse-battery-staple"
STARTED = "# started"
START_S = 60.0
STOP_S = 60.0


@dataclass(slots=True)
class Part:
    """One process, with its log; `answers` tells whether it is at work."""

    name: str
    command: list[str]
    environment: dict[str, str]
    port: int
    folder: Path
    answers: Callable[["Part"], bool]
    process: subprocess.Popen[bytes] | None = None

    @property
    def log_file(self) -> Path:
        return self.folder / f"{self.name}.log"

    def log(self) -> str:
        return self.log_file.read_text(errors="replace") if self.log_file.is_file() else ""

    def newest_log(self) -> str:
        """Of its last start."""
        return self.log().rpartition(STARTED)[2]

    def spawn(self) -> None:
        """Begin; `ready` waits for it."""
        with self.log_file.open("ab") as log:
            log.write(f"{STARTED}\n".encode())
            log.flush()
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=bare_environment(**self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def ready(self) -> None:
        """Wait until it is at work; its log stands in the failure. Blocks."""
        try:
            until(lambda: self._lives() and self.answers(self), f"{self.name} is ready", START_S)
        except AssertionError as failure:
            raise AssertionError(f"{failure}\n{self.log()}") from None

    def _lives(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"{self.name} ended"
        return True

    def kill(self) -> None:
        """SIGKILL."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> int:
        """SIGTERM, and its exit code. Blocks."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_S)


def _http(path: str) -> Callable[[Part], bool]:
    def answers(part: Part) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{part.port}{path}", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    return answers


@dataclass(slots=True)
class Cluster:
    """Everything, running."""

    postgres: Postgres
    provider: ScriptedProvider
    redis_port: int
    nodes: list[Part]
    webs: list[Part]
    workers: list[Part]
    web_balancer: Relay
    livekit_balancer: Relay

    def parts(self) -> list[Part]:
        return [*self.nodes, *self.webs, *self.workers]

    @property
    def web(self) -> str:
        return f"http://127.0.0.1:{self.web_balancer.port}"

    def api(self) -> api.LiveKitAPI:
        return api.LiveKitAPI(f"ws://127.0.0.1:{self.livekit_balancer.port}", KEY, SECRET)

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """What PostgreSQL holds."""
        with psycopg.connect(self.postgres.url()) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def node_of(self, room: str) -> Part:
        """The LiveKit node that has this room."""
        asked = ["redis-cli", "-p", str(self.redis_port), "HGET", "room_node_map", room]
        found = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
        assert found, room
        return next(node for node in self.nodes if node_id(node) == found)

    def worker_of(self, room: str) -> Part:
        """The one running worker whose coach has joined this room since its start."""
        joined = f"Joined room: {room}"
        (found,) = [
            one
            for one in self.workers
            if one.process and one.process.poll() is None and joined in one.newest_log()
        ]
        return found

    def logs(self) -> str:
        return "\n".join(f"--- {part.name}\n{part.log()}" for part in (*self.webs, *self.workers))


def node_id(node: Part) -> str:
    """By which Redis knows it: that of its last start."""
    tail = node.newest_log().partition('"nodeID": "')[2]
    return tail.partition('"')[0]


async def start(*parts: Part) -> None:
    """Start these, and wait until all are at work."""
    for part in parts:
        part.spawn()
    await asyncio.gather(*(asyncio.to_thread(part.ready) for part in parts))


def _kill(parts: list[Part]) -> None:
    for part in parts:
        part.kill()


@contextmanager
def _running_redis(folder: Path) -> Iterator[int]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    port = free_port()
    options = {"port": port, "bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": folder}
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    with (folder / "redis.log").open("wb") as log:
        process = subprocess.Popen([program, *words], stdin=subprocess.DEVNULL, stdout=log)
    try:
        until(lambda: b"Ready to accept" in (folder / "redis.log").read_bytes(), "Redis is ready")
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _node(folder: Path, name: str, redis_port: int) -> Part:
    port = free_port()
    config = folder / f"{name}.yaml"
    content = {
        "port": port,
        "bind_addresses": ["127.0.0.1"],
        "keys": {KEY: SECRET},
        "redis": {"address": f"127.0.0.1:{redis_port}"},
        "rtc": {
            "tcp_port": free_port(),
            "udp_port": free_port(),
            "node_ip": "127.0.0.1",
            "enable_loopback_candidate": True,
            "use_external_ip": False,
        },
    }
    config.write_text(yaml.safe_dump(content))
    command = [str(livekit_binary()), "--config", str(config)]
    return Part(name, command, {}, port, folder, _http("/"))


def _coach(folder: Path, name: str, only: str, environment: dict[str, str]) -> Part:
    command = [sys.executable, "-m", "coach", "start", "--only", only]
    port = free_port()
    place = "coach_port" if only == "web" else "coach_worker_port"
    own = {"coach_home": str(folder / name), place: str(port)}
    return Part(name, command, environment | own, port, folder, _http("/readyz"))


@asynccontextmanager
async def running_cluster(folder: Path, **settings: str) -> AsyncIterator[Cluster]:
    """Two of each until the block ends; `settings` beside those that name the parts."""
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres())
        redis_port = stack.enter_context(_running_redis(folder))
        nodes = [_node(folder, f"livekit-{number}", redis_port) for number in (1, 2)]
        ports = [node.port for node in nodes]
        async with scripted_provider() as provider, relay(*ports) as livekit:
            environment = {
                "livekit_url": f"ws://127.0.0.1:{livekit.port}",
                "livekit_api_key": KEY,
                "livekit_api_secret": SECRET,
                "openai_api_key": "sk-test",
                "openai_base_url": provider.base_url,
                "database_url": postgres.url(),
                "coach_access_key": ACCESS_KEY,
                **settings,
            }
            webs = [_coach(folder, f"web-{number}", "web", environment) for number in (1, 2)]
            workers = [_coach(folder, f"worker-{n}", "worker", environment) for n in (1, 2)]
            web_ports = [web.port for web in webs]
            async with relay(*web_ports) as web:
                cluster = Cluster(
                    postgres, provider, redis_port, nodes, webs, workers, web, livekit
                )
                stack.callback(_kill, cluster.parts())
                await start(*nodes)
                await start(*webs, *workers)
                yield cluster
