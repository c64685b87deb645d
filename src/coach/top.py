"""`coach top`: a running coach at a glance, from its own metrics."""

import time
import urllib.error
import urllib.request
from collections import defaultdict
from typing import Annotated

import typer
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families
from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from coach.errors import CoachError
from coach.metrics import CONSENTS, STAGES, STATES
from coach.settings import Settings, load

ANSWER_SECONDS = 5.0
MEGABYTE = 1_000_000
STAGE_NAMES = {"stt": "speech to text", "llm_first": "model's first word", "total": "first word"}


def top(
    *,
    every: Annotated[float, typer.Option(min=0.5, help="Seconds between two looks.")] = 2.0,
    once: Annotated[bool, typer.Option("--once", help="Print once and end.")] = False,
) -> None:
    """Watch the sessions, their states and latencies of the coach on this machine."""
    settings = load()
    console = Console()
    view = render(read(settings))
    if once:
        console.print(view)
        return
    with Live(view, console=console, screen=True, auto_refresh=False) as live:
        try:
            while True:
                time.sleep(every)
                live.update(render(read(settings)), refresh=True)
        except KeyboardInterrupt:
            return


def read(settings: Settings) -> str:
    """The metrics of the app on this machine's COACH_PORT.

    Raises CoachError when nobody answers there, or not to us.
    """
    address = f"http://127.0.0.1:{settings.coach_port}/metrics"
    request = urllib.request.Request(address)
    if settings.metrics_token:
        token = settings.metrics_token.get_secret_value()
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as reply:  # noqa: S310
            return str(reply.read().decode())
    except urllib.error.HTTPError:
        raise CoachError(
            "the coach does not show its metrics here", "set METRICS_TOKEN to the running coach's"
        ) from None
    except (OSError, ValueError):
        raise CoachError(
            f"no coach answers on port {settings.coach_port}",
            "start one with `coach dev` or `coach start`, or set COACH_PORT to its port",
        ) from None


def render(exposition: str) -> Group:
    """Metrics in Prometheus' text format as a screen."""
    found = {family.name: family for family in text_string_to_metric_families(exposition)}
    registered = _sum(found, "coach_worker_registered") > 0
    head = Text("Worker registered", "green") if registered else Text("No worker", "bold red")
    jobs, missed = _sum(found, "coach_jobs"), _sum(found, "coach_missed")
    head.append(f"   {jobs:.0f} dispatches, {missed:.0f} times missed", "default")
    return Group(head, _sessions(found), _latencies(found), _hints(found), _memory(found))


Found = dict[str, Metric]


def _sessions(found: Found) -> Table:
    table = Table(title="Sessions", title_justify="left")
    table.add_column("state")
    table.add_column("now", justify="right")
    table.add_column("consent")
    table.add_column("now", justify="right")
    states, consents = (
        _by(found, "coach_sessions", "state"),
        _by(found, "coach_consents", "consent"),
    )
    for place, state in enumerate(STATES):
        consent = CONSENTS[place] if place < len(CONSENTS) else ""
        count = f"{consents[consent]:.0f}" if consent else ""
        table.add_row(state.replace("_", " "), f"{states[state]:.0f}", consent, count)
    return table


def _latencies(found: Found) -> Table:
    table = Table(title="Latency since the start, seconds", title_justify="left")
    for name in ("stage", "hints", "p50", "p95"):
        table.add_column(name, justify="left" if name == "stage" else "right")
    for stage in STAGES:
        counts = _buckets(found, stage)
        total = max(counts.values(), default=0.0)
        row = [_at_most(counts, share) for share in (0.5, 0.95)]
        table.add_row(STAGE_NAMES[stage], f"{total:.0f}", *row)
    return table


def _hints(found: Found) -> Table:
    table = Table(title="Hints and errors since the start", title_justify="left")
    for name in ("shown", "dropped", "provider errors"):
        table.add_column(name)
    errors = _by(found, "coach_provider_errors", "part", "kind")
    table.add_row(
        _listed(_by(found, "coach_hints", "card")),
        _listed(_by(found, "coach_hints_dropped", "rule")),
        _listed(errors),
    )
    return table


def _memory(found: Found) -> Text:
    kinds = (("web app", "coach_web"), ("worker", "coach_worker"))
    sizes = [
        f"{name} {_sum(found, f'{prefix}_process_resident_memory_bytes') / MEGABYTE:.0f} MB"
        for name, prefix in kinds
    ]
    return Text("Resident memory: " + ", ".join(sizes))


def _sum(found: Found, name: str) -> float:
    return sum(_by(found, name).values())


def _by(found: Found, name: str, *labels: str) -> defaultdict[str, float]:
    """Values by these labels; nothing where there is no such metric."""
    values: defaultdict[str, float] = defaultdict(float)
    for sample in found[name].samples if name in found else ():
        values[" ".join(sample.labels[label] for label in labels)] += sample.value
    return values


def _listed(values: defaultdict[str, float]) -> str:
    lines = [f"{value:.0f} {name.replace('_', ' ')}" for name, value in values.items() if value]
    return "\n".join(lines) or "none"


def _buckets(found: Found, stage: str) -> dict[float, float]:
    """How many hints took at most so many seconds."""
    family = found.get("coach_hint_latency_seconds")
    return {
        float(sample.labels["le"]): sample.value
        for sample in (family.samples if family else ())
        if sample.name.endswith("_bucket") and sample.labels["stage"] == stage
    }


def _at_most(counts: dict[float, float], share: float) -> str:
    """The bound of the bucket that holds this share; a histogram knows no more."""
    total = max(counts.values(), default=0.0)
    if not total:
        return "–"
    bound = min(bound for bound, count in counts.items() if count >= share * total)
    return "> 10" if bound == float("inf") else f"≤ {bound:g}"
