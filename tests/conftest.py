"""What every test shares: a LiveKit server, a category for each module, figures in the summary."""

import functools
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio
from tests.support.livekit import running_livekit
from tests.support.stage import Stage, running_stage

from coach.livekit_server import Endpoint

CATEGORIES = {"unit", "integration", "browser", "faults"}
LONGEST = "test_long_session"
FIGURE = "figure"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test belongs to exactly one category; the longest begin first, beside all others."""
    for item in items:
        categories = CATEGORIES & {mark.name for mark in item.iter_markers()}
        if len(categories) != 1:
            raise pytest.UsageError(
                f"{item.nodeid}: set pytestmark to exactly one of {sorted(CATEGORIES)}"
            )
    items.sort(key=lambda item: item.path.stem != LONGEST)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests have measured, from whichever process they ran in."""
    reports = [report for kind in terminalreporter.stats.values() for report in kind]
    called = [report for report in reports if getattr(report, "when", "") == "call"]
    told = [value for report in called for name, value in report.user_properties if name == FIGURE]
    if told:
        terminalreporter.section("figures")
        terminalreporter.write("".join(f"{line}\n" for line in told))


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say a measured figure in the run's summary."""
    return functools.partial(record_property, FIGURE)


@pytest.fixture(scope="session")
def livekit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A real livekit-server for the whole run, or each process of it."""
    with running_livekit(tmp_path_factory.mktemp("livekit")) as endpoint:
        yield endpoint


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_stage(
    livekit: Endpoint, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """A coach for a module, started as `coach dev` with a server and a provider of the tests."""
    async with running_stage(tmp_path_factory.mktemp("coach"), livekit) as stage:
        yield stage
