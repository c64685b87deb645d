"""`coach doctor`."""

import asyncio
import json
import logging
import sys
from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from coach import logs
from coach.settings import ENV_FILE

if TYPE_CHECKING:
    from coach.doctor.examine import Check, Result

STYLES = {"pass": "green", "warn": "yellow", "fail": "red", "skip": "dim"}
OUTCOME_WIDTH, NAME_WIDTH = 6, 16

console = Console(highlight=False, soft_wrap=True)


def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    privacy: Annotated[
        bool, typer.Option("--privacy", help="Send a test hint; count what the partner gets.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option(help="This check and what it needs; may be repeated.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log details.")] = False,
) -> None:
    """Try out every part and say what mends those that fail; exit code 1 when one does."""
    from coach.doctor.examine import examine

    checks = _chosen(only or [], privacy=privacy)
    logs.configure(verbose=verbose)
    if not verbose:
        logging.disable()
    tell = _ignore if as_json else _print
    results = asyncio.run(examine(checks, ENV_FILE, tell))
    well = all(result.finding.outcome != "fail" for result in results)
    if as_json:
        sys.stdout.write(json.dumps(as_plain(results, well=well)) + "\n")
    else:
        _sum_up(results)
    raise typer.Exit(0 if well else 1)


def _chosen(only: list[str], *, privacy: bool) -> "Collection[Check]":
    from coach.doctor.checks import CHECKS, PRIVACY, SELF_TEST
    from coach.doctor.examine import with_needs

    every = (*CHECKS, SELF_TEST)
    names = [check.name for check in every]
    unknown = [name for name in only if name not in names]
    if unknown:
        raise typer.BadParameter(f"there is no check {unknown[0]}; there are {', '.join(names)}")
    wanted = [*only, PRIVACY] if privacy else only
    return with_needs(every, wanted) if wanted else CHECKS


def as_plain(results: "Collection[Result]", *, well: bool) -> dict[str, Any]:
    """The results as JSON has them."""
    return {
        "ok": well,
        "checks": [
            {
                "name": result.name,
                "outcome": result.finding.outcome.value,
                "reason": result.finding.reason,
                "remedy": result.finding.remedy,
                "seconds": round(result.seconds, 2),
            }
            for result in results
        ],
    }


def _print(result: "Result") -> None:
    finding = result.finding
    outcome = finding.outcome.value
    line = Text(f"{outcome:{OUTCOME_WIDTH}}", style=STYLES[outcome])
    line.append(f"{result.name:{NAME_WIDTH}}", style="bold")
    line.append(finding.reason, style="default")
    console.print(line)
    if finding.remedy:
        console.print(Text(f"{'':{OUTCOME_WIDTH + NAME_WIDTH}}→ {finding.remedy}"))


def _ignore(_result: "Result") -> None:
    """JSON comes all at once."""


def _sum_up(results: "Collection[Result]") -> None:
    counts = {
        outcome: sum(result.finding.outcome == outcome for result in results) for outcome in STYLES
    }
    told = [f"{count} {outcome}" for outcome, count in counts.items() if count]
    seconds = sum(result.seconds for result in results)
    console.print(f"\n{', '.join(told)} in {seconds:.0f} s", markup=False)
