"""`python -m bench`: how long a hint takes, beside LiveKit's plain recipe, in one run."""

import argparse
import asyncio
import os
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Sample, Taken, sample
from bench.latencies import Latencies, add_latencies, latencies_of, machine
from bench.plain_recipe import OWN_PAUSE_SECONDS
from bench.report import Result, as_json, as_text, write
from bench.script import Turn, turns
from bench.sides import Side
from bench.sound import Sound, load_sound
from bench.stage import Stage, staged

REST_SECONDS = (0.8, 1.8)
WARM_UP = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured: `turns` a side after the warm-up, the pause in seconds."""

    turns: int
    pause_s: float
    latencies: Latencies


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the run is told."""

    json: bool
    report: Path | None


async def run(plan: Plan, home: Path) -> list[Result]:
    """Both sides in turns, each first every other time, so that noise of the machine hits both."""
    spoken = turns(plan.turns + WARM_UP)
    sounds = {turn.path: load_sound(turn.path) for turn in spoken}
    async with staged(home, plan.latencies, plan.pause_s) as stage:
        results = {side.name: Result(side.name) for side in stage.sides}
        for number, turn in enumerate(spoken):
            for side in stage.sides if number % 2 else reversed(stage.sides):
                taken = await _take(stage, side, turn, sounds[turn.path], plan.pause_s)
                if number >= WARM_UP:
                    _keep(results[side.name], number, taken)
    return list(results.values())


async def _take(
    stage: Stage, side: Side, turn: Turn, sound: Sound, pause_s: float
) -> Sample | None:
    await stage.provider.begin(turn)
    before = len(await stage.provider.calls())
    ended = await side.take(sound)
    sound_s = side.ear.last_loud_at - ended
    calls = (await stage.provider.calls())[before:]
    mine = [call for call in calls if call["key"] == side.key]
    await asyncio.sleep(random.uniform(*REST_SECONDS))  # noqa: S311 (no two turns in step)
    return sample(Taken(ended, sound_s, side.times, mine), pause_s)


def _keep(result: Result, number: int, taken: Sample | None) -> None:
    if taken is None:
        result.missed.append(number)
    else:
        result.samples.append(taken)
    print(".", end="", file=sys.stderr, flush=True)


def _asked() -> tuple[Plan, Wanted]:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--turns", type=int, default=14, help="turns a side (at most 29)")
    parser.add_argument(
        "--pause", type=float, default=OWN_PAUSE_SECONDS, help="seconds, both sides"
    )
    add_latencies(parser)
    parser.add_argument("--json", action="store_true", help="every sample, as JSON")
    parser.add_argument("--report", type=Path, help="a Markdown file to put the table into")
    given = parser.parse_args()
    plan = Plan(given.turns, given.pause, latencies_of(given))
    return plan, Wanted(given.json, given.report)


def _title(plan: Plan, load_before: float) -> str:
    return (
        f"{plan.turns} turns a side, pause {plan.pause_s:g} s; provider: {plan.latencies}; "
        f"{machine(load_before)}"
    )


def main() -> None:
    """Measure and print."""
    plan, wanted = _asked()
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as home:
        results = asyncio.run(run(plan, Path(home)))
    print(file=sys.stderr)
    title = _title(plan, load_before)
    print((as_json if wanted.json else as_text)(title, results))
    if wanted.report:
        write(wanted.report, as_text(title, results))


if __name__ == "__main__":
    main()
