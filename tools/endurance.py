"""Many sessions in a row on one coach: `make endurance`.

Each has two people, one sentence and one hint. Prints what the process tree takes after each, how
much it grows a session over the second half, and how long the coach takes to end. Exits 1 above
the limits.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil
from tests.support.clients import both_heard
from tests.support.livekit import running_livekit
from tests.support.memory import parts_mb
from tests.support.speech import utterances
from tests.support.stage import Stage, running_stage

MOST_GROWTH_MB = 1.0
MOST_STOP_SECONDS = 10.0
SETTLE_SECONDS = 3.0
SPEECH = utterances()["partner-father"].path


async def hold_session(stage: Stage) -> None:
    """Two people, a sentence, a hint; then everyone's stay is over."""
    async with both_heard(stage.web, 60) as (facilitator, partner):
        await partner.say(SPEECH, then_silence_s=0.5)
        await facilitator.until(lambda: facilitator.hints and facilitator.hints[0].complete, 60)
        await stage.close_room()


async def hold_sessions(home: Path, sessions: int, executor: str) -> tuple[list[float], float]:
    """MB of the tree after each session, and the seconds that the end took."""
    taken: list[float] = []
    with running_livekit(home / "livekit") as livekit:
        async with running_stage(home / "coach", livekit, coach_executor=executor) as stage:
            tree = psutil.Process(stage.coach.process.pid)
            _weigh(tree, "before")
            for number in range(1, sessions + 1):
                await hold_session(stage)
                await asyncio.sleep(SETTLE_SECONDS)
                taken.append(_weigh(tree, f"after {number}"))
            ending = time.monotonic()
        return taken, time.monotonic() - ending


def growth(taken: list[float]) -> float:
    """MB a session over the second half: the first few fill caches and pools."""
    later = taken[len(taken) // 2 :]
    return statistics.linear_regression(range(len(later)), later).slope


def _weigh(tree: psutil.Process, when: str) -> float:
    parts = parts_mb(tree.pid)
    threads = sum(one.num_threads() for one in (tree, *tree.children(recursive=True)))
    each = " + ".join(f"{part:.1f}" for part in parts)
    print(f"{when}: {sum(parts):.1f} MB ({each}) in {threads} threads", flush=True)
    return sum(parts)


def main() -> None:
    """Measure, print, and compare with the limits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--executor", choices=("thread", "process"), default="thread")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="coach-endurance-") as folder:
        held = hold_sessions(Path(folder), chosen.sessions, chosen.executor)
        taken, stop_s = asyncio.run(held)
    grown = growth(taken)
    print(f"{chosen.executor}: {grown:+.2f} MB a session (limit {MOST_GROWTH_MB}),", end=" ")
    print(f"ended in {stop_s:.1f} s (limit {MOST_STOP_SECONDS:.0f})")
    sys.exit(grown > MOST_GROWTH_MB or stop_s > MOST_STOP_SECONDS)


if __name__ == "__main__":
    main()
