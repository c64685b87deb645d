"""Five sessions at once through everything that production runs."""

from pathlib import Path

import pytest
from bench.crowd import Pace
from bench.load import COACH, Plan, measure

pytestmark = pytest.mark.integration


async def test_nobody_is_dropped_and_nobody_hears_twice(tmp_path: Path) -> None:
    plan = Plan((5,), Pace(turns=1, period_s=2.0), contenders=(COACH,), warm=False)
    (run,) = await measure(plan, tmp_path)
    (held,) = run.held
    said = f"{held}\n{(tmp_path / 'coach' / 'coach.log').read_text(errors='replace')}"
    assert (held.sessions, len(held.waits_ms)) == (5, 5), said
    assert held.dropped == 0, said
    assert held.repeated == 0, said
