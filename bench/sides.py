"""The two contenders, each in a room of its own with a partner and a facilitator."""

import asyncio
import contextlib
import json
import re
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from bench import plain_recipe
from bench.people import Ear, Microphone, Piece, Reader
from bench.sound import Sound
from livekit import api, rtc

from coach.livekit_server import Endpoint
from coach.tasks import Tasks

HINT_SECONDS = 12.0
LISTEN_SECONDS = 40.0
ASK_AGAIN_SECONDS = 6.0
PARTNER, FACILITATOR = "partner", "facilitator"
OUR_KEY, PLAIN_KEY = "sk-coach", "sk-plain"

_FIRST_WORD = re.compile(r"SUMMARY:\s*\S+\s")
_SUGGESTION = re.compile(r"SUGGESTION:.*\n")


@dataclass(slots=True)
class HintTimes:
    """When a hint's parts had arrived at the facilitator's; monotonic seconds, 0 for never."""

    first_word_at: float = 0.0
    suggestion_at: float = 0.0
    complete_at: float = 0.0


@dataclass(slots=True)
class Progress:
    """How far a hint has come."""

    first_word: bool
    suggestion: bool
    complete: bool


@dataclass(slots=True)
class Side:
    """One contender in one room. `hints` counts those that came, complete or cut."""

    name: str
    key: str
    progress: Callable[[str, bool], Progress]
    microphone: Microphone
    ear: Ear
    times: HintTimes = field(default_factory=HintTimes)
    complete: asyncio.Event = field(default_factory=asyncio.Event)
    hints: int = 0
    _began: float = 0.0

    async def take(self, sound: Sound) -> float:
        """Speak and wait for the hint; returns when the speech had ended, `times` has the rest."""
        self._began = time.monotonic()
        self.times = HintTimes()
        self.complete.clear()
        ended = await self.microphone.say(sound)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(HINT_SECONDS):
                await self.complete.wait()
        return ended

    def arrived(self, piece: Piece) -> None:
        """More of a hint came in. The end of one may be late, and is not the next turn's hint."""
        self.hints += piece.ended
        if piece.opened_at < self._began:
            return
        progress, times = self.progress(piece.text, piece.ended), self.times
        if progress.first_word and not times.first_word_at:
            times.first_word_at = piece.at
        if progress.suggestion and not times.suggestion_at:
            times.suggestion_at = piece.at
        if progress.complete and not times.complete_at:
            times.complete_at = piece.at
            self.complete.set()


def our_progress(text: str, _ended: bool) -> Progress:
    """By the lines of the hint stream's protocol."""
    lines: list[dict[str, Any]] = [json.loads(line) for line in text.split("\n")[:-1] if line]
    return Progress(
        first_word=any(line.get("text") for line in lines),
        suggestion=any(line.get("section") == "suggestion" and line["done"] for line in lines),
        complete=any("latency_ms" in line for line in lines),
    )


def plain_progress(text: str, ended: bool) -> Progress:
    """By the model's own words, which the plain recipe hands on as they are."""
    return Progress(bool(_FIRST_WORD.search(text)), bool(_SUGGESTION.search(text)), ended)


@dataclass(frozen=True, slots=True)
class Door:
    """Our web app: its origin, the invitations of both people unless it is open to everyone, and
    the address that they come from.
    """

    web: str
    invitations: Mapping[str, str] = field(default_factory=dict)
    address: str = "127.0.0.1"

    def browser(self) -> aiohttp.ClientSession:
        """Keeps its cookies, and may hold both seats."""
        return aiohttp.ClientSession(
            self.web,
            connector=aiohttp.TCPConnector(local_addr=(self.address, 0)),
            cookie_jar=aiohttp.CookieJar(unsafe=True),
        )

    def headers(self, identity: str) -> dict[str, str]:
        """Of the request to join."""
        secret = self.invitations.get(identity)
        return {"Authorization": f"Bearer {secret}"} if secret else {}


@asynccontextmanager
async def our_side(door: Door) -> AsyncIterator[Side]:
    """Both people joined through our web app, consent given, hints as often as they may come."""
    async with _people() as (partner, facilitator, tasks):
        side = Side(
            "coach",
            OUR_KEY,
            our_progress,
            Microphone(),
            Ear(facilitator, PARTNER),
        )
        reader = Reader(facilitator, "coach.hints", "", side.arrived)
        listening = asyncio.Event()
        status = Reader(facilitator, "coach.status", "", _when_listening(listening))
        async with door.browser() as http:
            seat_of_facilitator = await _join(http, door, facilitator, FACILITATOR)
            seat = await _join(http, door, partner, PARTNER)
            await side.microphone.publish(partner)
            tasks.start(side.microphone.run(), "our-microphone")
            await _agree(http, seat)
            await _until_heard(http, seat_of_facilitator, listening)
        await facilitator.local_participant.perform_rpc(
            destination_identity="coach", method="coach.pace", payload='{"pace": "lively"}'
        )
        yield side
        del reader, status


@asynccontextmanager
async def plain_side(livekit: Endpoint, called: str) -> AsyncIterator[Side]:
    """Both people joined with tokens of our own making, and the recipe dispatched."""
    async with _people() as (partner, facilitator, tasks):
        side = Side(
            "plain recipe",
            PLAIN_KEY,
            plain_progress,
            Microphone(),
            Ear(facilitator, PARTNER),
        )
        reader = Reader(facilitator, "lk.transcription", PARTNER, side.arrived)
        for room, identity in ((facilitator, FACILITATOR), (partner, PARTNER)):
            await room.connect(livekit.url, _token(livekit, called, identity))
        await side.microphone.publish(partner)
        tasks.start(side.microphone.run(), "plain-microphone")
        await _dispatch(livekit, called)
        await _agent_in(facilitator)
        yield side
        del reader


@asynccontextmanager
async def _people() -> AsyncIterator[tuple[rtc.Room, rtc.Room, Tasks]]:
    partner, facilitator, tasks = rtc.Room(), rtc.Room(), Tasks()
    try:
        yield partner, facilitator, tasks
    finally:
        await tasks.aclose()
        await partner.disconnect()
        await facilitator.disconnect()


async def _join(http: aiohttp.ClientSession, door: Door, room: rtc.Room, identity: str) -> str:
    wish, headers = {"participant_identity": identity}, door.headers(identity)
    async with http.post("/api/token", json=wish, headers=headers) as answer:
        answer.raise_for_status()
        body = await answer.json()
    await room.connect(body["server_url"], body["participant_token"])
    return str(body["seat"])


async def _agree(http: aiohttp.ClientSession, seat: str) -> None:
    async with http.get("/api/consent") as answer:
        version = (await answer.json())["version"]
    headers = {"Authorization": f"Bearer {seat}"}
    body = {"agreed": True, "version": version}
    async with http.post("/api/consent", json=body, headers=headers) as answer:
        answer.raise_for_status()


async def _until_heard(http: aiohttp.ClientSession, seat: str, listening: asyncio.Event) -> None:
    """Ask for a coach again and again while none is heard, as the facilitator's page does."""
    headers = {"Authorization": f"Bearer {seat}"}
    async with asyncio.timeout(LISTEN_SECONDS):
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(listening.wait(), ASK_AGAIN_SECONDS)
                return
            async with http.post("/api/coach", json={}, headers=headers) as answer:
                answer.raise_for_status()


def _when_listening(listening: asyncio.Event) -> Callable[[Piece], None]:
    def heard(piece: Piece) -> None:
        status = json.loads(piece.text) if piece.ended and piece.text else {}
        if status.get("state") == "listening" and status["reason"] != "microphone_coming":
            listening.set()

    return heard


def _token(livekit: Endpoint, called: str, identity: str) -> str:
    token = api.AccessToken(livekit.api_key, livekit.api_secret.get_secret_value())
    grants = api.VideoGrants(room_join=True, room=called)
    return token.with_identity(identity).with_grants(grants).to_jwt()


async def _dispatch(livekit: Endpoint, called: str) -> None:
    secret = livekit.api_secret.get_secret_value()
    async with api.LiveKitAPI(livekit.url, livekit.api_key, secret) as server:
        await server.agent_dispatch.create_dispatch(
            api.CreateAgentDispatchRequest(agent_name=plain_recipe.AGENT_NAME, room=called)
        )


async def _agent_in(room: rtc.Room, timeout_s: float = 60.0) -> None:
    until = time.monotonic() + timeout_s
    kind = rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
    while not any(person.kind == kind for person in room.remote_participants.values()):
        if time.monotonic() > until:
            raise TimeoutError("the plain recipe's agent did not come")
        await asyncio.sleep(0.1)
