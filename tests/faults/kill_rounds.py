"""Kills the worker again and again while two people talk: `make kill-rounds`.

    python -m tests.faults.kill_rounds --rounds 50

Fails when there ever were two coaches, a hint was lost or came twice, or the sound stopped.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from livekit import api
from livekit.protocol.models import ParticipantInfo
from tests.faults.test_worker import BEAT_S
from tests.faults.watching import GONE_S, Call, call
from tests.support.coach import worker_of
from tests.support.livekit import running_livekit
from tests.support.stage import ROOM, Stage, running_stage

from coach.protocol import AGENT_NAME

RESULTS = Path(__file__).parents[2] / ".cache" / "kill-rounds"
STEADY_S = 6.0
HINT_EVERY = 10
BACK_S = 10.0
JOINED = "Joined room"


@dataclass
class Rounds:
    """Seconds from each kill until the page said "AI offline", where it had to, and until the coach
    was back and heard the partner.
    """

    rounds: int = 0
    noticed: list[float] = field(default_factory=list)
    back: list[float] = field(default_factory=list)
    duplicates: int = 0
    hints: int = 0
    longest_gap: float = 0.0


async def coaches(server: api.LiveKitAPI) -> int:
    """Coaches in the room, or their dispatches to it, whichever are more."""
    found = await server.room.list_participants(api.ListParticipantsRequest(room=ROOM))
    present = sum(one.kind == ParticipantInfo.Kind.AGENT for one in found.participants)
    listed = await server.agent_dispatch.list_dispatch(ROOM)
    return max(present, sum(one.agent_name == AGENT_NAME for one in listed))


async def one_round(stage: Stage, both: Call, seen: Rounds) -> None:
    if seen.rounds % HINT_EVERY == 0:
        await both.hear_a_hint()
    killed = time.monotonic()
    worker_of(stage.coach).kill()
    seen.back.append(await both.until_back(killed + BEAT_S) - killed)
    seen.rounds += 1
    await asyncio.sleep(STEADY_S)
    async with stage.api() as server:
        two = await coaches(server) > 1
    seen.duplicates += two or stage.coach.log().count(JOINED) > seen.rounds + 1 + seen.duplicates
    noticed = both.watcher.told_offline(killed)
    if noticed is not None:
        seen.noticed.append(noticed)
    said = f"offline after {noticed:.1f} s" if noticed else "back before it said so"
    print(f"round {seen.rounds}: {said}, back after {seen.back[-1]:.1f} s", flush=True)


async def run(rounds: int, home: Path) -> Rounds:
    """So many kills of the worker of one session."""
    seen = Rounds()
    with running_livekit(home / "livekit") as livekit:
        async with running_stage(home / "coach", livekit) as stage, call(stage.web) as both:
            began = time.monotonic()
            for _ in range(rounds):
                await one_round(stage, both, seen)
            await both.hear_a_hint()
            both.assert_each_once()
            seen.hints = both.said
            seen.longest_gap = both.watcher.sound.longest_gap(began, time.monotonic())
            both.assert_sound(began)
    return seen


def p95(values: list[float]) -> float:
    """The value that one in twenty exceeds."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    with tempfile.TemporaryDirectory() as home:
        seen = asyncio.run(run(parser.parse_args().rounds, Path(home)))
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{seen.rounds:03}.json").write_text(json.dumps(asdict(seen)))
    print(f"{seen.rounds} kills: offline noticed p95 {p95(seen.noticed):.1f} s", end="")
    print(f" (of {len(seen.noticed)}), back p95 {p95(seen.back):.1f} s", end="")
    print(f", at most {max(seen.back):.1f} s; duplicate coaches {seen.duplicates}")
    if seen.duplicates or p95(seen.noticed) > GONE_S or p95(seen.back) > BACK_S:
        sys.exit("error: a promise isn't kept\nhint: read the rounds above")


if __name__ == "__main__":
    main()
