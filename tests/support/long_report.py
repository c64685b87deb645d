"""The figures of a long session: what was lost, what it took, what it would have cost."""

import statistics
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil
from tests.support.provider import Call

WARM_UP_SHARE = 0.25
WINDOW_SHARE = 0.1
CHARACTERS_A_TOKEN = 4
SPEECH_USD_A_MINUTE = 0.006
INPUT_USD_A_TOKEN = 0.15e-6
OUTPUT_USD_A_TOKEN = 0.60e-6
KB, MB = 1024, 1_000_000
PSS, OWN = 1, 2


@dataclass(slots=True)
class Memory:
    """What the worker's process tree takes over time.

    Each sample holds seconds, the proportional set size, and that part of it which no file backs,
    in MB. The latter does not change when other programs that share libraries come and go.
    """

    coach_pid: int
    started: float = field(default_factory=time.monotonic)
    samples: list[tuple[float, float, float]] = field(default_factory=list)

    def sample(self) -> None:
        """Measure now."""
        (worker,) = [
            child
            for child in psutil.Process(self.coach_pid).children()
            if "worker-process" in child.cmdline()
        ]
        rollups = [_rollup(one.pid) for one in (worker, *worker.children(recursive=True))]
        whole, own = (sum(one[name] for one in rollups) for name in ("Pss", "Pss_Anon"))
        self.samples.append((time.monotonic() - self.started, whole, own))

    def around(self, share: float, column: int) -> float:
        """The median of a column over a tenth of the session that begins at this share of it."""
        first = int(share * len(self.samples))
        last = first + max(1, int(WINDOW_SHARE * len(self.samples)))
        return statistics.median(sample[column] for sample in self.samples[first:last])

    def growth(self, column: int) -> float:
        """What a column grew by from the end of the warm-up to the end."""
        return self.around(1 - WINDOW_SHARE, column) - self.around(WARM_UP_SHARE, column)


def _rollup(pid: int) -> dict[str, float]:
    """The kernel's sums over a process's mappings, in MB by name."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {
        name: int(rest.split()[0]) * KB / MB
        for name, _, rest in (one.partition(":") for one in lines)
    }


@dataclass(frozen=True, slots=True)
class Report:
    """Seconds, MB, tokens (estimated from characters) and US dollars."""

    seconds: float
    turns: int
    in_requests: int
    in_store: int
    lost: list[str]
    hints: int
    speech_calls: int
    model_calls: int
    audio_s: float
    input_tokens: int
    output_tokens: int
    largest_request_tokens: int
    largest_by_quarter: list[int]
    memory_end_mb: float
    growth_mb: float
    own_growth_mb: float
    memory_mb: list[tuple[float, float, float]]

    @property
    def usd(self) -> float:
        speech = self.audio_s / 60 * SPEECH_USD_A_MINUTE
        return (
            speech + self.input_tokens * INPUT_USD_A_TOKEN + self.output_tokens * OUTPUT_USD_A_TOKEN
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def measured(
    calls: list[Call], said: list[str], stored: str, memory: Memory, written: int, hints: int
) -> Report:
    """Put the figures together from the provider's record, the script and the store."""
    asked = [call for call in calls if call.endpoint == "chat"]
    heard = [call for call in calls if call.endpoint == "speech"]
    sizes = [_tokens(call) for call in asked]
    requests = "\n".join(str(call.messages) for call in asked)
    return Report(
        seconds=memory.samples[-1][0],
        turns=len(said),
        in_requests=sum(text in requests for text in said),
        in_store=sum(text in stored for text in said),
        lost=[text for text in said if text not in requests and text not in stored],
        hints=hints,
        speech_calls=len(heard),
        model_calls=len(asked),
        audio_s=sum(call.audio_s for call in heard),
        input_tokens=sum(sizes),
        output_tokens=written // CHARACTERS_A_TOKEN,
        largest_request_tokens=max(sizes, default=0),
        largest_by_quarter=_by_quarter(sizes),
        memory_end_mb=memory.around(1 - WINDOW_SHARE, PSS),
        growth_mb=memory.growth(PSS),
        own_growth_mb=memory.growth(OWN),
        memory_mb=memory.samples,
    )


def _tokens(call: Call) -> int:
    return sum(len(message["content"]) for message in call.messages) // CHARACTERS_A_TOKEN


def _by_quarter(sizes: list[int]) -> list[int]:
    step = max(1, -(-len(sizes) // 4))
    return [max(sizes[i : i + step]) for i in range(0, len(sizes), step)]


def summary(report: Report) -> str:
    """For people."""
    hours = report.seconds / 3600
    return "\n".join(
        (
            f"session           {report.seconds / 60:.1f} min, {report.turns} turns",
            f"lost              {len(report.lost)} (in requests {report.in_requests}, "
            f"in the store {report.in_store})",
            f"hints             {report.hints}, from {report.model_calls} model calls",
            f"speech            {report.audio_s:.0f} s of audio in {report.speech_calls} calls",
            f"tokens            {report.input_tokens} in, {report.output_tokens} out, "
            f"largest request {report.largest_request_tokens}, "
            f"by quarter {report.largest_by_quarter}",
            f"cost              ${report.usd:.3f}, ${report.usd / hours:.2f} an hour "
            "(whisper-1 $0.006/min, gpt-4o-mini $0.15 and $0.60 per million tokens)",
            f"worker's memory   {report.memory_end_mb:.1f} MB at the end, since the warm-up "
            f"{report.growth_mb:+.1f} MB, without shared files {report.own_growth_mb:+.1f} MB",
        )
    )
