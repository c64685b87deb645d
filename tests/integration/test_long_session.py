"""A session of many minutes beside the other tests: nothing is lost, and nothing piles up."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.support.long_run import long_run

pytestmark = pytest.mark.integration

GROWTH_MB = 5.0


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of some minutes of it."""
    return long_run(tmp_path_factory.mktemp("long"))


def test_no_turn_is_lost(report: dict[str, Any]) -> None:
    assert report["turns"] >= report["seconds"] / 20
    assert report["lost"] == [], report["log"]
    assert report["in_store"] == report["turns"]


def test_the_largest_request_stays_bounded(report: dict[str, Any]) -> None:
    quarters = report["largest_by_quarter"]
    assert quarters[-1] <= 1.5 * quarters[0], quarters


def test_memory_stays_flat(report: dict[str, Any]) -> None:
    assert report["own_growth_mb"] <= GROWTH_MB, report["memory_mb"]


def test_hints_come_and_what_it_costs_is_told(
    report: dict[str, Any], tell: Callable[[str], None]
) -> None:
    assert report["hints"] > 0
    assert report["model_calls"] <= 2 * report["hints"]
    tell(
        f"{report['seconds'] / 60:.0f} minutes: {report['audio_s']:.0f} s of audio, "
        f"{report['input_tokens']} tokens in, {report['output_tokens']} out"
    )
