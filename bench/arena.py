"""Where crowds meet: server, provider, our coach as in production, and the plain recipe."""

import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import plain_recipe
from bench.crowd import Contender
from bench.latencies import Latencies
from bench.sides import (
    FACILITATOR,
    OUR_KEY,
    PARTNER,
    PLAIN_KEY,
    Door,
    Side,
    our_side,
    plain_side,
)
from bench.stage import running_plain_worker, running_provider
from bench.usage import Processes, alone, below, tree
from tests.support.coach import livekit_settings, running_coach
from tests.support.livekit import running_livekit

from coach.livekit_server import Endpoint
from coach.livekit_server.layout import Layout
from coach.livekit_server.processes import Record

ACCESS_KEY = "the-load-test-signs-in-with-this"
WORKER, WEB, SERVER, PEOPLE = "worker", "web app", "livekit-server", "people and provider"
_SECRET = re.compile(r"#invite=(\S+)$")


@dataclass(frozen=True, slots=True)
class Arena:
    """What both contenders share."""

    livekit: Endpoint
    home: Path
    settings: dict[str, str]
    shared: dict[str, Processes]


@contextmanager
def arena(home: Path, latencies: Latencies) -> Iterator[Arena]:
    """A server and a provider, below `home`, until the block ends."""
    with ExitStack() as stack:
        livekit = stack.enter_context(running_livekit(home / "livekit"))
        provider = stack.enter_context(running_provider(latencies))
        record = Record.read(Layout(home / "livekit").record)
        if record is None:
            raise RuntimeError("the server left no record")
        me, service = alone(os.getpid()), alone(provider.pid)
        shared = {
            SERVER: alone(record.server.pid),
            PEOPLE: lambda: [*me(), *service()],
        }
        settings = livekit_settings(livekit) | {"openai_base_url": f"{provider.origin}/v1"}
        yield Arena(livekit, home, settings, shared)


@asynccontextmanager
async def our_coach(place: Arena, most: int) -> AsyncIterator[Contender]:
    """`coach start` with one worker for at most so many sessions, entered by invitation."""
    settings = place.settings | {
        "openai_api_key": OUR_KEY,
        "coach_access_key": ACCESS_KEY,
        "coach_max_sessions": str(most),
        "coach_pause_seconds": str(plain_recipe.OWN_PAUSE_SECONDS),
        "coach_drain_seconds": "0",
    }
    async with running_coach(place.home / "coach", "start", environment=settings) as coach:
        pid = coach.process.pid

        @asynccontextmanager
        async def enter(number: int) -> AsyncIterator[Side]:
            async with our_side(await _invited(coach.web, number)) as side:
                yield side

        yield Contender("coach", {WORKER: below(pid), WEB: alone(pid), **place.shared}, enter)


@asynccontextmanager
async def plain_coach(place: Arena) -> AsyncIterator[Contender]:
    """The plain recipe's worker."""
    settings = place.settings | {"openai_api_key": PLAIN_KEY}
    with running_plain_worker(place.home / "plain.log", settings) as pid:

        @asynccontextmanager
        async def enter(number: int) -> AsyncIterator[Side]:
            async with plain_side(place.livekit, f"plain-{number}") as side:
                yield side

        yield Contender("plain recipe", {WORKER: tree(pid), **place.shared}, enter)


async def _invited(web: str, number: int) -> Door:
    """A new session, made by the signed-in facilitator; its people come from their own address."""
    door = Door(web, address=f"127.0.1.{number % 250 + 1}")
    async with door.browser() as http:
        proof = {"access_key": ACCESS_KEY}
        async with http.post("/api/sign-in", json=proof) as answer:
            answer.raise_for_status()
        async with http.post("/api/sessions", json={}) as answer:
            answer.raise_for_status()
            links = (await answer.json())["links"]
    return Door(web, {role: _secret(links[role]) for role in (PARTNER, FACILITATOR)}, door.address)


def _secret(link: str) -> str:
    found = _SECRET.search(link)
    if found is None:
        raise RuntimeError("a link without an invitation")
    return found[1]
