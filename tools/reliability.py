"""Writes docs/reliability.md from what the fault suite has seen: `make faults` runs both."""

import json
import statistics
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / ".cache" / "reliability"
ROUNDS = ROOT / ".cache" / "kill-rounds"
PAGE = ROOT / "docs" / "reliability.md"
HEAD = """# Reliability

Made by `make faults`, which breaks the real parts on purpose while two people are in a call and the
coach is at work. A row is written only when its test has passed, which asserts that

- the partner's sound went on at the facilitator, frame by frame, unless the row says otherwise,
- every turn of the partner had its hint, and the hints before and after the fault are numbered
  without a gap and without a repeat,
- no program logged an exception, and none was left behind.

The facilitator's page says "AI offline — continue as normal." after 4.5 s without a word from the
coach (it looks twice a second), and asks for another before. Times count from the fault; where it
is mended by hand (a provider that answers again), "back after" counts from then, and for a machine
that sleeps from its waking.

Three faults need more than others: the full disk and the bad network need root (the network is a
namespace of its own with a tunnel that loses and delays), and the clock that jumps needs Linux and
a C compiler (`tests/support/jumping_clock.c` is preloaded). Where that is missing, the test is
skipped with the reason and its row is not here.

| fault | what the facilitator saw | noticed after | back after | turns and hints lost |
|---|---|---|---|---|
"""
ROUNDS_HEAD = """
## Kill after kill

`make kill-rounds` kills the worker (SIGKILL) again and again in one session, six seconds after each
return. Times are p50 / p95 / longest. Kills after which the coach was back before the page had to
say so are not in the second column. A return is mostly the start of the worker's process: where
other programs take the cores, that is what makes it long.

| kills | "AI offline" after | coach back after | two coaches | hints | longest without sound |
|---|---|---|---|---|---|
"""


def main() -> None:
    """Fail when there is nothing to write: the suite has not run, or has not passed."""
    rows = [json.loads(path.read_text()) for path in sorted(RESULTS.glob("*.json"))]
    if not rows:
        sys.exit("error: no results\nhint: run: make faults")
    PAGE.write_text(HEAD + "".join(_line(row) for row in rows) + _rounds())
    print(f"{len(rows)} faults written to {PAGE.relative_to(ROOT)}")


def _line(row: dict[str, object]) -> str:
    cells = [row["fault"], row["saw"], _seconds(row["noticed"]), _seconds(row["back"]), 0]
    return f"| {' | '.join(map(str, cells))} |\n"


def _rounds() -> str:
    """What `make kill-rounds` has measured, the last run of each length."""
    runs = [json.loads(path.read_text()) for path in sorted(ROUNDS.glob("*.json"))]
    return ROUNDS_HEAD + "".join(map(_run, runs)) if runs else ""


def _run(seen: dict[str, Any]) -> str:
    noticed, back = sorted(seen["noticed"]), sorted(seen["back"])
    return (
        f"| {seen['rounds']} | {_spread(noticed)} (of {len(noticed)}) | {_spread(back)} "
        f"| {seen['duplicates']} | {seen['hints']}, each once | {seen['longest_gap']:.2f} s |\n"
    )


def _spread(values: list[float]) -> str:
    ranks = statistics.quantiles(values, n=20, method="inclusive")
    return f"{ranks[9]:.1f} / {ranks[-1]:.1f} / {values[-1]:.1f} s"


def _seconds(value: object) -> str:
    return f"{value:.1f} s" if isinstance(value, float) else "—"


if __name__ == "__main__":
    main()
