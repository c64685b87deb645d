"""A session of many minutes beside the other tests: nothing is lost, and nothing piles up."""

from typing import Any

import pytest
from tests.support.long_run import LongRun

pytestmark = pytest.mark.integration

GROWTH_MB = 5.0


@pytest.fixture(scope="module")
def report(long_run: LongRun) -> dict[str, Any]:
    """What came of the session that began with the test run."""
    return long_run.report()


def test_no_turn_is_lost(report: dict[str, Any]) -> None:
    assert report["turns"] >= report["seconds"] / 20
    assert report["lost"] == []
    assert report["in_store"] == report["turns"]


def test_the_largest_request_stays_bounded(report: dict[str, Any]) -> None:
    quarters = report["largest_by_quarter"]
    assert quarters[-1] <= 1.5 * quarters[0], quarters


def test_memory_stays_flat(report: dict[str, Any]) -> None:
    assert report["own_growth_mb"] <= GROWTH_MB, report["memory_mb"]


def test_hints_come_and_what_it_costs_is_told(
    report: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert report["hints"] > 0
    assert report["model_calls"] <= 2 * report["hints"]
    with capsys.disabled():
        print(
            f"\n{report['seconds'] / 60:.0f} minutes: {report['audio_s']:.0f} s of audio, "
            f"{report['input_tokens']} tokens in, {report['output_tokens']} out"
        )
