"""`python -m bench.load`: many sessions at once, beside LiveKit's plain recipe, in one run."""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench.arena import Arena, arena, our_coach, plain_coach
from bench.crowd import Contender, Crowd, Pace
from bench.figures import quantile
from bench.latencies import Latencies, add_latencies, latencies_of, machine
from bench.load_report import Run, as_text, keep, knee
from bench.usage import Meter
from tests.support.livekit import end_sessions

SWEEP = (2, 4, 6, 8, 10, 12, 14, 16)
WARM_UP_SECONDS = 3.0
COACH, PLAIN = "coach", "plain"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured: `levels` of sessions at once, one after the other, each contender
    until its knee. `warm`: a turn that is not measured comes before each level, and the memory of
    a session alone is taken at the beginning.
    """

    levels: Sequence[int]
    pace: Pace
    contenders: Sequence[str] = (COACH, PLAIN)
    latencies: Latencies = field(default_factory=Latencies)
    warm: bool = True


async def measure(plan: Plan, home: Path) -> list[Run]:
    """One contender after the other, with the same people."""
    runs = []
    with arena(home, plan.latencies) as place:
        for name in plan.contenders:
            async with _contender(name, place, max(plan.levels)) as contender:
                runs.append(await _run(contender, plan))
                await end_sessions(place.livekit)
    return runs


def _contender(name: str, place: Arena, most: int) -> AbstractAsyncContextManager[Contender]:
    return our_coach(place, most) if name == COACH else plain_coach(place)


async def _run(contender: Contender, plan: Plan) -> Run:
    run = Run(contender.name)
    async with AsyncExitStack() as stack:
        crowd = Crowd(contender, stack)
        if plan.warm:
            await _grow(crowd, 1, plan)
            run.first_mb = Meter(contender.parts).memory_mb()
        for sessions in plan.levels:
            if not await _level(crowd, sessions, plan, run) or knee(run):
                break
    return run


async def _level(crowd: Crowd, sessions: int, plan: Plan, run: Run) -> bool:
    """Hold so many sessions; False when they did not come about."""
    try:
        await _grow(crowd, sessions, plan)
    except TimeoutError:
        _tell(f"{run.name}: {sessions} sessions did not come about")
        run.refused = sessions
        return False
    held = await crowd.hold(plan.pace)
    run.held.append(held)
    slowest = quantile(held.waits_ms, 0.95)
    _tell(f"{run.name}: {sessions} sessions, p95 {slowest:.0f} ms, {held.dropped} dropped")
    return True


async def _grow(crowd: Crowd, sessions: int, plan: Plan) -> None:
    await crowd.grow(sessions)
    if plan.warm:
        await crowd.speak(Pace(1, WARM_UP_SECONDS))


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _asked() -> tuple[Plan, Path | None]:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--sessions", type=int, default=5, help="at once")
    parser.add_argument("--sweep", action="store_true", help="ever more sessions, to the knee")
    parser.add_argument("--levels", type=int, nargs="+", default=SWEEP, help="those of a sweep")
    parser.add_argument("--turns", type=int, default=4, help="turns a session")
    parser.add_argument("--period", type=float, default=11.0, help="seconds from turn to turn")
    parser.add_argument("--only", choices=(COACH, PLAIN), help="one contender alone")
    parser.add_argument(
        "--figures",
        type=Path,
        help="a JSON file to keep the figures in, beside those of the other contender",
    )
    add_latencies(parser)
    given = parser.parse_args()
    plan = Plan(
        given.levels if given.sweep else (given.sessions,),
        Pace(given.turns, given.period),
        (given.only,) if given.only else (COACH, PLAIN),
        latencies_of(given),
    )
    return plan, given.figures


def _title(plan: Plan, load_before: float) -> str:
    return (
        f"{plan.pace.turns} turns a session, one every {plan.pace.period_s:g} s; "
        f"provider: {plan.latencies}; {machine(load_before)}"
    )


def main() -> None:
    """Measure and print."""
    plan, figures = _asked()
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="coach-load-") as home:
        runs = asyncio.run(measure(plan, Path(home)))
    title = _title(plan, load_before)
    print(as_text(title, runs))
    if figures:
        keep(figures, title, runs)


if __name__ == "__main__":
    main()
