"""`python -m bench.sizing FIGURES DOCUMENT`: what a machine carries, and what ten thousand take.

Reads what `python -m bench.load --figures` measured, and writes tables into a Markdown file.
"""

import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.report import write

from coach.settings import Settings

BEGIN, END = "<!-- made by: make sizing -->", "<!-- end -->"

BUSY = 0.6
"""How much of the cores may be in use, so that nobody waits for them."""
FILLED = 0.85
SYSTEM_MB = 70.0
"""Kernel and services of a small machine."""
MACHINES = ((1, 512), (1, 1024), (2, 2048), (4, 4096), (8, 8192))
SERVER = "livekit-server"
MANY = 10_000
CORES, MEMORY_MB = 8, 16_384
"""The machine of which the many sessions take so and so many."""

CORE_HOUR = 0.03
"""US dollars for an hour of a dedicated core with 2 GB."""
SPEECH_MINUTES, TURNS = 30.0, 60.0
"""Of an hour's session: minutes in which the partner speaks, and turns that call the model."""
TOKENS_IN, TOKENS_OUT = 1500.0, 120.0
SPEECH_REQUESTS = 2.1
"""Requests to the recogniser a turn, those given up included."""
ROWS = 4.0
"""Rows that a turn writes: what was said, its hint, the state."""


@dataclass(frozen=True, slots=True)
class Need:
    """Cores a session and MB in all, of one part."""

    cores: float
    first_mb: float
    further_mb: float

    def mb(self, sessions: int) -> float:
        """With so many sessions, of which there is at least one."""
        return self.first_mb + (sessions - 1) * self.further_mb


@dataclass(frozen=True, slots=True)
class Needs:
    """What was measured, with so many sessions a worker at most."""

    worker: Need
    web: Need
    server: Need
    most: int
    title: str


def read(path: Path) -> Needs:
    """The needs in a file of figures, with as many sessions as one worker takes by default.

    Raises ValueError when it was made with one session alone.
    """
    figures: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    run, most = figures["coach"], Settings.model_fields["coach_max_sessions"].default
    held = [one for one in run["held"] if 2 <= one["sessions"] <= most]
    if not held:
        raise ValueError(f"the figures must be those of 2 to {most} sessions")
    worker, web, server = (_need(run, held[-1], part) for part in ("worker", "web app", SERVER))
    title = f"with {held[-1]['sessions']} sessions: {run['title']}"
    return Needs(worker, web, server, most, title)


def _need(run: dict[str, Any], held: dict[str, Any], part: str) -> Need:
    sessions, first = held["sessions"], run["first_mb"][part]
    further = max(0.0, (held["memory_mb"][part] - first) / (sessions - 1))
    return Need(held["cores"][part] / sessions, first, further)


def by_cores(needs: Needs, cores: float) -> int:
    """Sessions that so many cores carry in one `coach start`, LiveKit elsewhere."""
    return int(cores * BUSY / (needs.worker.cores + needs.web.cores))


def by_memory(needs: Needs, memory_mb: float) -> int:
    """Sessions for which there is memory, with another worker whenever one is full."""
    left = (memory_mb - SYSTEM_MB) * FILLED - needs.web.mb(1)
    full = needs.worker.mb(needs.most)
    sessions = int(left // full) * needs.most
    left -= left // full * full
    if left >= needs.worker.first_mb:
        more = (left - needs.worker.first_mb) / max(needs.worker.further_mb, 0.1)
        sessions += min(needs.most, 1 + int(more))
    return max(0, sessions)


def machine_rows(needs: Needs) -> list[str]:
    """What each machine carries."""
    rows = []
    for cores, memory_mb in MACHINES:
        processor, memory = by_cores(needs, cores), by_memory(needs, memory_mb)
        sessions = min(processor, memory)
        workers = math.ceil(sessions / needs.most)
        ends = "cores" if processor <= memory else "memory"
        rows.append(f"| {cores} | {memory_mb} | {sessions} | {workers} | {ends} |")
    return rows


@dataclass(frozen=True, slots=True)
class Fleet:
    """Processes and cores of one part, and the machines for them."""

    part: str
    processes: int
    cores: float
    memory_mb: float

    @property
    def machines(self) -> int:
        """Two at least: one may fail."""
        return max(
            2, math.ceil(self.cores / CORES), math.ceil(self.memory_mb / (MEMORY_MB * FILLED))
        )

    @property
    def an_hour(self) -> float:
        """US dollars."""
        return self.machines * CORES * CORE_HOUR


def fleets(needs: Needs, sessions: int) -> list[Fleet]:
    """What so many sessions at once take."""
    workers = math.ceil(sessions / needs.most)
    web, server = sessions * needs.web.cores / BUSY, sessions * needs.server.cores / BUSY
    nodes = max(2, math.ceil(server / CORES))
    apps = max(2, math.ceil(web))
    each = sessions // nodes
    return [
        Fleet(
            "worker",
            workers,
            sessions * needs.worker.cores / BUSY,
            workers * needs.worker.mb(needs.most),
        ),
        Fleet("web app", apps, web, apps * needs.web.mb(1)),
        Fleet("livekit-server, sound alone", nodes, server, nodes * needs.server.mb(each)),
    ]


def many(needs: Needs, sessions: int) -> list[str]:
    """The model, as lines."""
    parts = fleets(needs, sessions)
    rows = [
        f"| {one.part} | {one.processes:,} | {one.cores:,.0f} | {one.memory_mb / 1000:,.0f} "
        f"| {one.machines:,} | {one.an_hour:,.2f} |"
        for one in parts
    ]
    speech = SPEECH_MINUTES * _price("stt_price_per_minute")
    model = TURNS * TOKENS_IN * _price("llm_price_per_million_in") / 1e6
    model += TURNS * TOKENS_OUT * _price("llm_price_per_million_out") / 1e6
    ours = sum(one.an_hour for one in parts)
    largest = max(parts, key=lambda one: one.cores)
    return [
        "| part | processes | cores | GB | machines | $ an hour |",
        "|---|---:|---:|---:|---:|---:|",
        *rows,
        "",
        f"- Recogniser: {sessions * TURNS * SPEECH_REQUESTS / 60:,.0f} requests a minute, "
        f"{sessions * speech:,.0f} $ an hour.",
        f"- Model: {sessions * TURNS / 60:,.0f} requests and "
        f"{sessions * TURNS * (TOKENS_IN + TOKENS_OUT) / 60 / 1e6:,.1f} million tokens a minute, "
        f"{sessions * model:,.0f} $ an hour.",
        f"- PostgreSQL: {sessions * TURNS * ROWS / 3600:,.0f} rows a second.",
        f"- In all {(ours / sessions + speech + model):.3f} $ a session and hour, of which "
        f"machines {ours / sessions:.4f} $.",
        f"- The bottleneck of our own machines is the {largest.part}: "
        f"{largest.cores / sum(one.cores for one in parts):.0%} of all cores.",
    ]


def _price(setting: str) -> float:
    """As the product's own limits reckon with it."""
    return float(Settings.model_fields[setting].default)


def as_text(needs: Needs) -> str:
    """Both tables, with what they rest on."""
    return "\n".join(
        [
            f"Measured {needs.title}.",
            "",
            "| a session | cores | MB, first | MB, each further |",
            "|---|---:|---:|---:|",
            *(
                f"| {name} | {need.cores:.3f} | {need.first_mb:.0f} | {need.further_mb:.1f} |"
                for name, need in (
                    ("worker", needs.worker),
                    ("web app", needs.web),
                    ("livekit-server, sound alone", needs.server),
                )
            ),
            "",
            f"`coach start` with LiveKit elsewhere, cores {BUSY:.0%} and memory {FILLED:.0%} in "
            f"use, {SYSTEM_MB:.0f} MB for the system, at most {needs.most} sessions a worker:",
            "",
            "| cores | MB | sessions | workers | what ends it |",
            "|---:|---:|---:|---:|---|",
            *machine_rows(needs),
            "",
            f"{MANY:,} sessions at once, on machines of {CORES} cores and {MEMORY_MB // 1024} GB "
            f"at {CORE_HOUR} $ a core and hour:",
            "",
            *many(needs, MANY),
        ]
    )


def main() -> None:
    """Compute and write."""
    figures, document = map(Path, sys.argv[1:3])
    write(document, as_text(read(figures)), marks=(BEGIN, END))


if __name__ == "__main__":
    main()
