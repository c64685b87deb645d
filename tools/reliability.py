"""Writes docs/reliability.md from what the fault suite has seen: `make faults` runs both."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / ".cache" / "reliability"
PAGE = ROOT / "docs" / "reliability.md"
HEAD = """# Reliability

Made by `make faults`, which breaks the real parts on purpose while two people are in a call and the
coach is at work. A row is written only when its test has passed, which asserts that

- the partner's sound went on at the facilitator, frame by frame, unless the row says otherwise,
- the hints before and after the fault are numbered without a gap and without a repeat,
- no program printed a traceback.

The facilitator's page says "AI offline — continue as normal." after five seconds without a word
from the coach, and asks for another. Times count from the fault; where it is mended by hand (a
provider that answers again), "back after" counts from then.

| fault | what the facilitator saw | noticed after | back after | hints lost |
|---|---|---|---|---|
"""


def main() -> None:
    """Fail when there is nothing to write: the suite has not run, or has not passed."""
    rows = [json.loads(path.read_text()) for path in sorted(RESULTS.glob("*.json"))]
    if not rows:
        sys.exit("error: no results\nhint: run: make faults")
    PAGE.write_text(HEAD + "".join(_line(row) for row in rows))
    print(f"{len(rows)} faults written to {PAGE.relative_to(ROOT)}")


def _line(row: dict[str, object]) -> str:
    cells = [row["fault"], row["saw"], _seconds(row["noticed"]), _seconds(row["back"]), 0]
    return f"| {' | '.join(map(str, cells))} |\n"


def _seconds(value: object) -> str:
    return f"{value:.1f} s" if isinstance(value, float) else "—"


if __name__ == "__main__":
    main()
