"""Runs checks in their order, each only when what it needs is well."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from livekit import rtc
from livekit.api import TwirpError

from coach.doctor.case import Case, open_case
from coach.doctor.finding import Finding, Outcome, failed, skipped
from coach.errors import CoachError

SETTINGS = "settings"
LIMIT_SECONDS = 45.0


@dataclass(frozen=True, slots=True)
class Check:
    """`needs` names the checks that must not have failed for this one to make sense."""

    name: str
    run: Callable[[Case], Awaitable[Finding]]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A check that was made, and the seconds that it took."""

    name: str
    finding: Finding
    seconds: float


async def examine(
    checks: Collection[Check], env_file: Path, tell: Callable[[Result], None]
) -> list[Result]:
    """Make the checks one after the other; `tell` hears of each as soon as it is done."""
    case = await _case(env_file)
    done: dict[str, Outcome] = {}
    results = []
    for check in checks:
        began = time.monotonic()
        finding = await _finding(check, case, done)
        done[check.name] = finding.outcome
        results.append(Result(check.name, finding, time.monotonic() - began))
        tell(results[-1])
    return results


def with_needs(checks: Collection[Check], names: Collection[str]) -> list[Check]:
    """These checks and all that they need, in the order of `checks`."""
    known = {check.name: check for check in checks}
    wanted = {name for wish in names for name in _needed(known, wish)}
    return [check for check in checks if check.name in wanted]


def _needed(known: Mapping[str, Check], name: str) -> Iterator[str]:
    yield name
    for need in known[name].needs:
        yield from _needed(known, need)


async def _case(env_file: Path) -> Case | CoachError:
    try:
        return await asyncio.to_thread(open_case, env_file)
    except CoachError as error:
        return error


async def _finding(check: Check, case: Case | CoachError, done: Mapping[str, Outcome]) -> Finding:
    if isinstance(case, CoachError):
        if check.name == SETTINGS:
            return failed(case.message, case.hint)
        return skipped(f"needs {SETTINGS}")
    missing = [name for name in check.needs if done.get(name) in (Outcome.FAIL, Outcome.SKIP)]
    if missing:
        return skipped(f"needs {', '.join(missing)}")
    return await _attempt(check, case)


async def _attempt(check: Check, case: Case) -> Finding:
    again = f"coach doctor --only {check.name} --verbose"
    try:
        async with asyncio.timeout(LIMIT_SECONDS):
            return await check.run(case)
    except CoachError as error:
        return failed(error.message, error.hint)
    except TimeoutError:
        return failed(f"not done within {LIMIT_SECONDS:.0f} s", again)
    except TwirpError as error:
        return failed(f"LiveKit refused a request ({error.code})", again)
    except (aiohttp.ClientError, rtc.ConnectError, OSError) as error:
        return failed(f"the connection broke ({type(error).__name__})", again)
