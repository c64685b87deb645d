"""A long scripted session through the whole product, at the speed of life.

    python -m tests.support.long_session --minutes 60 --report soak.json

Two people in a room of a real livekit-server, `coach dev`, and a scripted provider. The report
tells which turns were lost, how much memory the worker's processes took, how large the largest
model request was, and what the session would have cost.
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import random
import signal
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from livekit import rtc
from tests.support.clients import RtcPerson, person
from tests.support.coach import Coach, running_coach
from tests.support.livekit import running_livekit
from tests.support.long_report import Memory, Report, measured, summary
from tests.support.monologue import RATE, squeezed
from tests.support.provider import Call, Reply, ScriptedProvider, scripted_provider
from tests.support.stage import services

GAP_S = (2.5, 9.0)
SHORTEST_S = 3.0
"""Nobody says such a sentence faster."""
DELIVERY_S = 0.5
SAMPLE_S = 2.0
HEARD_S = 20.0
GOES_ON = "And it goes on like that."

Deed = Callable[["Session"], Awaitable[object]]


@dataclass(slots=True)
class Said:
    """One utterance, on the monotonic clock, and the recogniser's call that was for it."""

    text: str
    start: float
    end: float = float("inf")
    call: Call | None = None

    def asked(self) -> bool:
        """Whether the recogniser has told it; a call that was given up may yet be asked again, and
        one on its beginning alone is followed by one on the rest.
        """
        call = self.call
        return call is not None and call.outcome == "answered" and _covers(call, self)


class Session:
    """Two people, what the partner said, and the provider that knows it by its time."""

    def __init__(
        self, provider: ScriptedProvider, partner: RtcPerson, facilitator: RtcPerson
    ) -> None:
        self.provider = provider
        self.partner = partner
        self.facilitator = facilitator
        self.said: list[Said] = []
        self.written = 0
        provider.speech.default = self.transcribe
        provider.chat.default = self.hint
        self._hints = hints()

    def transcribe(self, call: Call) -> Reply:
        """The words of the utterance whose middle is in this sound: again, if it is sent again
        because the partner went on while it was being recognised.
        """
        call.audio = b""
        said = min(self.said, key=lambda said: _apart(call, said), default=None)
        if said is None or (said.asked() and not _covers(call, said)):
            return Reply(GOES_ON, delay_s=0.3)
        said.call = call
        return Reply(said.text, delay_s=0.3)

    def hint(self, _call: Call) -> Reply:
        text = next(self._hints)
        self.written += len(text)
        return Reply(text, delay_s=0.4, tokens_per_s=60)

    async def speak(self, text: str, sound: bytes) -> Said:
        """Say it in real time."""
        said = Said(text, time.monotonic())
        self.said.append(said)
        said.end = await self.partner.play(sound)
        return said

    async def asked_for(self, said: Said) -> None:
        """Until the recogniser has this utterance; one that never comes is found in the end."""
        with contextlib.suppress(TimeoutError):
            await self.provider.until(said.asked, timeout_s=HEARD_S)


def _apart(call: Call, said: Said) -> float:
    """Seconds between the middle of the sound and that of the utterance so far."""
    middle = (said.start + min(said.end, time.monotonic())) / 2
    return abs(call.at - DELIVERY_S - call.audio_s / 2 - middle)


def _covers(call: Call, said: Said) -> bool:
    return _apart(call, said) <= call.audio_s / 2 + DELIVERY_S


# --- what is said and written ---


def sentences() -> Iterator[str]:
    """What the partner says: every sentence once, none like small talk."""
    who = "guard child critic pleaser helper dreamer fighter judge clown worrier ghost teacher"
    where = "chest,belly,throat,back of my head,left shoulder,hands,jaw,knees"
    when = "my father calls,the house is quiet,someone is late,I make a mistake,people laugh"
    for number, (trigger, place, part) in enumerate(
        itertools.product(when.split(","), where.split(","), who.split()), 1
    ):
        yield f"When {trigger}, the {part} in my {place} gets tense, that is memory {number}."


def hints() -> Iterator[str]:
    """What the model writes: no two hints alike."""
    ways = ("slowly", "gently", "softly", "warmly", "quietly", "openly", "patiently", "kindly")
    verbs = ("Notice", "Sense", "Welcome", "Follow", "Greet", "Hold", "Meet", "Breathe")
    things = ("warmth", "tension", "breath", "weight", "colour", "shape", "rhythm", "voice")
    for way, verb, thing in itertools.cycle(itertools.product(ways, verbs, things)):
        yield (
            f"SUMMARY: They feel the {thing} of a part, {way}.\n"
            f"SUGGESTION: {verb} the {thing} with them, {way}.\n"
            f"FOLLOW-UP: How is the {thing} now? | What would it {verb.lower()} {way}?"
        )


# --- what the people do between two utterances ---


async def _nothing(_: Session) -> None:
    """Only listen."""


async def _hint_now(session: Session) -> None:
    await session.facilitator.call("coach.hint_now")


async def _captions(session: Session) -> None:
    await session.facilitator.call("coach.captions", {"on": len(session.said) % 2 == 0})


async def _feedback(session: Session) -> None:
    if session.facilitator.hints:
        hint_id = session.facilitator.hints[-1].attributes["hint_id"]
        await session.facilitator.call("coach.feedback", {"hint_id": hint_id, "verdict": "used"})


async def _pause(session: Session) -> None:
    await session.partner.call("coach.pause")
    await asyncio.sleep(2.0)
    await session.partner.call("coach.resume")
    await _subscribed(session)


async def _mute(session: Session) -> None:
    for publication in session.partner.room.local_participant.track_publications.values():
        track = publication.track
        assert isinstance(track, rtc.LocalAudioTrack)
        track.mute()
        await asyncio.sleep(2.0)
        track.unmute()
    await asyncio.sleep(1.0)


async def _subscribed(session: Session) -> None:
    await session.facilitator.until(session.facilitator.is_heard)


DEEDS: tuple[Deed, ...] = (_nothing, _hint_now, _nothing, _feedback, _captions, _pause, _mute)


# --- running it ---


async def run(minutes: float, home: Path) -> Report:
    """The whole session, and what became of it."""
    async with _stage(home) as (session, coach):
        memory = Memory(coach.process.pid)
        sampling = asyncio.create_task(_sample(memory))
        try:
            await _talk(session, time.monotonic() + 60 * minutes)
        finally:
            sampling.cancel()
        report = measured(
            session.provider.calls,
            [said.text for said in session.said],
            _stored(home),
            memory,
            session.written,
            sum(hint.complete for hint in session.facilitator.hints),
        )
        if report.lost:
            print(*_story(session), coach.log(), sep="\n")
        return report


def _story(session: Session) -> list[str]:
    """What was said and what the recogniser was asked, in order, in seconds on one clock."""
    spoken = [(said.start, f"to {said.end:.2f} said: {said.text}") for said in session.said]
    asked = [
        (call.at, f"asked with {call.audio_s:.2f} s: {call.outcome}")
        for call in session.provider.speech_calls
    ]
    return [f"{at:.2f} {event}" for at, event in sorted(spoken + asked)]


@asynccontextmanager
async def _stage(home: Path) -> AsyncIterator[tuple[Session, Coach]]:
    with running_livekit(home / "livekit") as livekit:
        async with scripted_provider() as provider:
            environment = services(livekit, provider)
            async with (
                running_coach(home / "coach", "dev", environment=environment) as coach,
                person("facilitator", coach.web) as facilitator,
                person("partner", coach.web) as partner,
            ):
                session = Session(provider, partner, facilitator)
                await partner.publish_microphone()
                await partner.agree()
                await facilitator.until(lambda: facilitator.statuses, 60)
                await _subscribed(session)
                yield session, coach


async def _talk(session: Session, until: float) -> None:
    chance = random.Random(4)  # noqa: S311 (pauses, not secrets)
    long_enough = [sound for sound in squeezed() if len(sound) >= SHORTEST_S * RATE]
    sounds = itertools.cycle([sound.tobytes() for sound in long_enough])
    for text, sound, deed in zip(sentences(), sounds, itertools.cycle(DEEDS), strict=False):
        said = await session.speak(text, sound)
        await session.asked_for(said)
        await deed(session)
        await asyncio.sleep(chance.uniform(*GAP_S))
        if time.monotonic() >= until:
            return


async def _sample(memory: Memory) -> None:
    while True:
        await asyncio.to_thread(memory.sample)
        await asyncio.sleep(SAMPLE_S)


def _stored(home: Path) -> str:
    (file,) = (home / "coach").rglob("coach.sqlite3")
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return "\n".join(text for (text,) in database.execute("SELECT text FROM turns"))


async def _run_until_stopped(minutes: float, home: Path) -> Report:
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await run(minutes, home)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--report", type=Path, help="write the figures here, as JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        report = asyncio.run(_run_until_stopped(arguments.minutes, Path(home)))
    if arguments.report:
        arguments.report.write_text(json.dumps(report.as_json()))
    print(summary(report))


if __name__ == "__main__":
    main()
