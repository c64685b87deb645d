"""A coach a module, to be broken; what was seen goes into the table of docs/reliability.md."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from tests.support.stage import Stage, fresh_session

RESULTS = Path(__file__).parents[2] / ".cache" / "reliability"

Note = Callable[..., None]


@pytest.fixture
def note(request: pytest.FixtureRequest) -> Iterator[Note]:
    """Keep one row of the table; it is written when the test has passed."""
    rows: list[dict[str, object]] = []

    def take(fault: str, saw: str, *, noticed: float | None, back: float | None) -> None:
        rows.append({"fault": fault, "saw": saw, "noticed": noticed, "back": back})

    yield take
    RESULTS.mkdir(parents=True, exist_ok=True)
    for number, row in enumerate(rows):
        (RESULTS / f"{request.node.name}-{number}.json").write_text(json.dumps(row))


@pytest_asyncio.fixture(loop_scope="module")
async def stage(shared_stage: Stage) -> AsyncIterator[Stage]:
    """The module's coach in a fresh session; its log holds no traceback afterwards."""
    async with fresh_session(shared_stage) as stage:
        with clean_log(stage.coach.log):
            yield stage


EXCEPTIONS = ("Traceback", "unhandled exception", "Background task failed", "was never retrieved")


@contextmanager
def clean_log(log: Callable[[], str]) -> Iterator[None]:
    """Nothing in this block makes a program log an exception that nobody expected."""
    before = len(log())
    yield
    assert_no_exception(log()[before:])


def assert_no_exception(log: str) -> None:
    """Nothing in this log says that something unexpected was raised."""
    assert not [word for word in EXCEPTIONS if word in log], log
