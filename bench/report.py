"""The run's figures as a table, or as JSON."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.figures import Sample, quantile

from coach.errors import CoachError

Figure = Callable[[Sample], float]

BEGIN, END = "<!-- made by: python -m bench -->", "<!-- end -->"

FIGURES: tuple[tuple[str, Figure], ...] = (
    ("End of speech → first hint word", lambda one: one.first_word_ms),
    ("→ suggestion readable", lambda one: one.suggestion_ms),
    ("→ hint complete", lambda one: one.complete_ms),
    ("First word: the sound's way", lambda one: one.sound_ms),
    ("+ silence waited for", lambda one: one.silence_ms),
    ("+ provider", lambda one: one.provider_ms),
    ("+ own share", lambda one: one.own_ms),
    ("own: until the recogniser is asked", lambda one: one.hearing_ms),
    ("own: until the model is asked", lambda one: one.thinking_ms),
    ("own: until the word is shown", lambda one: one.showing_ms),
)


@dataclass(frozen=True, slots=True)
class Result:
    """One side's samples, and the turns that brought no hint."""

    name: str
    samples: list[Sample] = field(default_factory=list)
    missed: list[int] = field(default_factory=list)


def ratio(ours: Result, plain: Result) -> float:
    """Our median time to the first hint word over the plain recipe's.

    Raises CoachError when a side showed no hint at all.
    """
    for one in (ours, plain):
        if not one.samples:
            raise CoachError(f"{one.name} showed no hint", "run it again on a quieter machine")
    return _median(ours, FIGURES[0][1]) / _median(plain, FIGURES[0][1])


def as_text(title: str, results: list[Result]) -> str:
    """A Markdown table."""
    faster = ratio(*results[:2])
    head = "| " + " | ".join(["", *(f"{one.name} p50 | p95" for one in results)]) + " |"
    rule = "|---" + "|---:|---:" * len(results) + "|"
    rows = [_row(name, figure, results) for name, figure in FIGURES]
    calls = [_calls(one) for one in results]
    missed = [f"{one.name}: {len(one.samples)} hints, {len(one.missed)} missed" for one in results]
    last = f"First hint word, ratio of the medians: {faster:.2f}"
    return "\n".join([title, "", head, rule, *rows, "", *calls, "; ".join(missed), last])


def as_json(title: str, results: list[Result]) -> str:
    """Every sample, and the ratio."""
    body = {"title": title, "ratio": round(ratio(*results[:2]), 3)}
    return json.dumps(body | {one.name: asdict(one) for one in results}, indent=2)


def write(path: Path, text: str, marks: tuple[str, str] = (BEGIN, END)) -> None:
    """Put the run into a Markdown file, between the marks that it must have.

    Raises CoachError when they are missing.
    """
    begin, end = marks
    before, begun, rest = path.read_text(encoding="utf-8").partition(begin)
    _, ended, after = rest.partition(end)
    if not begun or not ended:
        raise CoachError(f"{path} has no place for the table", f"put {begin} and {end} into it")
    path.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def _row(name: str, figure: Figure, results: list[Result]) -> str:
    cells = []
    for one in results:
        values = [figure(taken) for taken in one.samples]
        cells += [f"{quantile(values, 0.5):.0f} ms", f"{quantile(values, 0.95):.0f} ms"]
    return f"| {name} | " + " | ".join(cells) + " |"


def _calls(one: Result) -> str:
    hints = max(1, len(one.samples))
    stt = sum(taken.stt_calls for taken in one.samples) / hints
    audio = sum(taken.stt_audio_s for taken in one.samples) / hints
    llm = sum(taken.llm_calls for taken in one.samples) / hints
    most = max(taken.llm_calls for taken in one.samples)
    return (
        f"{one.name}: per hint {stt:.2f} recogniser calls with {audio:.1f} s of audio, "
        f"{llm:.2f} model calls (at most {most})"
    )


def _median(one: Result, figure: Figure) -> float:
    return quantile([figure(taken) for taken in one.samples], 0.5)
