"""What a load took, as a table and as a file of figures."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.crowd import Held
from bench.figures import quantile

DOUBLED = 2.0
SHARED = (
    "The people and the provider run on the same cores as the worker and the server: what they "
    "take is in the table, and the knee of a machine without them lies higher."
)
PARTS = ("worker", "web app", "livekit-server")


@dataclass(slots=True)
class Run:
    """One contender's stretches, and each part's memory in MB with one session alone. `refused`:
    so many sessions it did not take, 0 when it took all.
    """

    name: str
    held: list[Held] = field(default_factory=list)
    first_mb: dict[str, float] = field(default_factory=dict)
    refused: int = 0


def knee(run: Run) -> int | None:
    """The fewest sessions at which the p95 of the first word is twice that of the first stretch;
    None as long as there is none.
    """
    if not run.held:
        return None
    least = quantile(run.held[0].waits_ms, 0.95)
    doubled = (one for one in run.held if quantile(one.waits_ms, 0.95) >= DOUBLED * least)
    return next((one.sessions for one in doubled), None)


def further_mb(run: Run, part: str) -> float | None:
    """What each session after the first takes; None for a run with one alone."""
    last = run.held[-1]
    if last.sessions < 2 or part not in last.memory_mb:
        return None
    return (last.memory_mb[part] - run.first_mb[part]) / (last.sessions - 1)


Cell = Callable[[Run, Held], str]


def as_text(title: str, runs: list[Run]) -> str:
    """A Markdown table, a column for each stretch."""
    columns = [(run, held) for run in runs for held in run.held]
    head = ["", *(f"{run.name}, {held.sessions}" for run, held in columns)]
    lines = [title, "", _row(head), "|---" + "|---:" * len(columns) + "|"]
    lines += [
        _row([name, *(cell(run, held) for run, held in columns)]) for name, cell in _rows(runs)
    ]
    return "\n".join([*lines, "", *(_verdict(run) for run in runs), SHARED])


def keep(path: Path, title: str, runs: list[Run]) -> None:
    """Write every figure into a JSON file, which keeps those of a contender that did not run."""
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for run in runs:
        body[run.name] = {"title": title, "knee": knee(run)} | asdict(run)
    path.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")


def _rows(runs: list[Run]) -> list[tuple[str, Cell]]:
    parts = [part for part in PARTS if any(part in run.first_mb for run in runs)]
    return [
        *(
            (f"first hint word, p{share:.0%}".rstrip("%"), _wait(share))
            for share in (0.5, 0.95, 0.99)
        ),
        ("turns", lambda _, held: str(len(held.waits_ms))),
        ("dropped turns", lambda _, held: str(held.dropped)),
        ("repeated hints", lambda _, held: str(held.repeated)),
        *((f"{part}, cores a session", _cores(part)) for part in parts),
        *((f"{part}, MB", _memory(part)) for part in parts),
        ("people and provider, cores", lambda _, held: _plain(held.cores, "people and provider")),
        ("whole machine, cores", lambda _, held: _plain(held.cores, "machine")),
    ]


def _wait(share: float) -> Cell:
    return lambda _, held: f"{quantile(held.waits_ms, share):.0f} ms"


def _cores(part: str) -> Cell:
    return lambda _, held: f"{held.cores[part] / held.sessions:.3f}" if part in held.cores else "–"


def _memory(part: str) -> Cell:
    return lambda _, held: f"{held.memory_mb[part]:.0f}" if part in held.memory_mb else "–"


def _plain(cores: dict[str, float], part: str) -> str:
    return f"{cores[part]:.2f}"


def _verdict(run: Run) -> str:
    found = knee(run)
    told = f"{run.name}: " + (f"p95 doubled at {found} sessions" if found else "p95 not doubled")
    if run.refused:
        told += f", {run.refused} sessions did not come about"
    return "; ".join([told, *filter(None, (_growth(run, part) for part in PARTS))])


def _growth(run: Run, part: str) -> str:
    more = further_mb(run, part)
    if more is None:
        return ""
    return f"{part} {run.first_mb[part]:.0f} MB with one session and {more:+.1f} with each further"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
