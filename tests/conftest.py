"""What every test shares: one LiveKit server a run, and a category for each module."""

from collections.abc import Iterator

import pytest
from tests.support.livekit import running_livekit

from coach.livekit_server import Endpoint

CATEGORIES = {"unit", "integration", "browser", "faults"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test belongs to exactly one category."""
    for item in items:
        categories = CATEGORIES & {mark.name for mark in item.iter_markers()}
        if len(categories) != 1:
            raise pytest.UsageError(
                f"{item.nodeid}: set pytestmark to exactly one of {sorted(CATEGORIES)}"
            )


@pytest.fixture(scope="session")
def livekit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A real livekit-server for the whole run."""
    with running_livekit(tmp_path_factory.mktemp("livekit")) as endpoint:
        yield endpoint
