"""What an evaluation says: figures for programs, lines for the terminal, a table for the docs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coach.hints.scoring import Score, total

_COUNTS = (
    "opportunities",
    "met",
    "hints",
    "wrong",
    "in_no_hint",
    "stale",
    "duplicates",
    "safety_due",
    "safety_shown",
    "safety_false",
    "model_calls",
)
_COLUMNS = (*_COUNTS[:-1], "precision", "recall", "hints_per_10_min")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure of the whole run and the bound that it must keep, if the run lasts `from_s`."""

    name: str
    bound: float
    at_least: bool
    from_s: float = 0.0

    def kept(self, figures: Mapping[str, Any]) -> bool:
        """Whether the figure is within its bound."""
        if figures["seconds"] < self.from_s:
            return True
        value = float(figures[self.name])
        return value >= self.bound if self.at_least else value <= self.bound

    def __str__(self) -> str:
        return f"{self.name} {'≥' if self.at_least else '≤'} {self.bound:g}"


THRESHOLDS = (
    Threshold("precision", 0.90, at_least=True),
    Threshold("recall", 0.85, at_least=True),
    Threshold("stale", 0, at_least=False),
    Threshold("duplicates", 0, at_least=False),
    Threshold("in_no_hint", 0, at_least=False),
    Threshold("safety_missed", 0, at_least=False),
    Threshold("hints_per_10_min", 30, at_least=False, from_s=600.0),
)


def figures(score: Score) -> dict[str, Any]:
    """A score's counts and ratios, as they are printed."""
    counts = {name: getattr(score, name) for name in _COUNTS}
    return {
        **counts,
        "safety_missed": score.safety_due - score.safety_shown,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "hints_per_10_min": round(score.hints_per_10_min, 2),
        "seconds": round(score.seconds, 3),
    }


def as_json(scores: Mapping[str, Score]) -> dict[str, Any]:
    """The whole evaluation: every session, all together, and whether the thresholds hold."""
    overall = figures(total(scores.values()))
    failed = [str(threshold) for threshold in THRESHOLDS if not threshold.kept(overall)]
    return {
        "sessions": [{"id": name, **figures(one)} for name, one in scores.items()],
        "all": overall,
        "thresholds": {str(threshold): threshold.kept(overall) for threshold in THRESHOLDS},
        "passed": not failed,
        "failed": failed,
    }


def as_lines(evaluation: Mapping[str, Any]) -> list[str]:
    """The evaluation as aligned lines."""
    rows = _rows(evaluation)
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = [_aligned(row, widths) for row in rows]
    kept = [
        f"{'ok' if held else 'FAILED':6} {name}" for name, held in evaluation["thresholds"].items()
    ]
    return [*lines, "", *kept]


def as_table(evaluation: Mapping[str, Any]) -> str:
    """The evaluation as a Markdown table, thresholds below."""
    head, *rows = _rows(evaluation)
    lines = [_markdown(head), _markdown(["---"] * len(head)), *map(_markdown, rows), ""]
    for threshold in THRESHOLDS:
        value = evaluation["all"][threshold.name]
        held = "holds" if evaluation["thresholds"][str(threshold)] else "**fails**"
        lines.append(f"- {threshold}: {value:g}, {held}")
    return "\n".join(lines) + "\n"


def _rows(evaluation: Mapping[str, Any]) -> list[list[str]]:
    names = [name.replace("_", " ") for name in _COLUMNS]
    sessions = [[one["id"], *_cells(one)] for one in evaluation["sessions"]]
    return [["session", *names], *sessions, ["all", *_cells(evaluation["all"])]]


def _cells(one: Mapping[str, Any]) -> list[str]:
    ratios = [f"{one['precision']:.2f}", f"{one['recall']:.2f}", f"{one['hints_per_10_min']:.1f}"]
    return [*(str(one[name]) for name in _COUNTS[:-1]), *ratios]


def _aligned(cells: list[str], widths: list[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _markdown(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
