"""What every test shares: a LiveKit server, the long session, and a category for each module."""

from collections.abc import Iterator

import pytest
from tests.support.livekit import running_livekit
from tests.support.long_run import LongRun
from tests.support.long_run import long_run as running_long_run

from coach.livekit_server import Endpoint

CATEGORIES = {"unit", "integration", "browser", "faults"}
LONG_SESSION = "test_long_session"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test belongs to exactly one category; the long session's are asked last."""
    for item in items:
        categories = CATEGORIES & {mark.name for mark in item.iter_markers()}
        if len(categories) != 1:
            raise pytest.UsageError(
                f"{item.nodeid}: set pytestmark to exactly one of {sorted(CATEGORIES)}"
            )
    items.sort(key=_is_long)


def _is_long(item: pytest.Item) -> bool:
    return item.path.stem == LONG_SESSION


@pytest.fixture(scope="session", autouse=True)
def _long_run_begins(request: pytest.FixtureRequest) -> None:
    """With the first test, when it will be asked for."""
    if any(map(_is_long, request.session.items)):
        request.getfixturevalue("long_run")


@pytest.fixture(scope="session")
def long_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LongRun]:
    """A session of some minutes, beside the other tests."""
    with running_long_run(tmp_path_factory.mktemp("long")) as run:
        yield run


@pytest.fixture(scope="session")
def livekit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A real livekit-server for the whole run."""
    with running_livekit(tmp_path_factory.mktemp("livekit")) as endpoint:
        yield endpoint
