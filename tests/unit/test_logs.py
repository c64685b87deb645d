"""The log in both forms: ids and static words, never what was said."""

import json
import logging
from collections.abc import Iterator
from contextvars import copy_context
from datetime import datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from coach import cli, logs, running
from coach.settings import Settings

pytestmark = pytest.mark.unit

SAID = "I never told my father"


def record(name: str, message: str, **extra: object) -> logging.LogRecord:
    fields = {"name": name, "levelname": "WARNING", "msg": message, **extra}
    return logging.makeLogRecord(fields)


def as_json(given: logging.LogRecord) -> dict[str, Any]:
    line = logs.JsonFormatter().format(given)
    assert "\n" not in line
    body: dict[str, Any] = json.loads(line)
    return body


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    root = logging.getLogger()
    kept = root.handlers[:], root.level, logging.getLogger("coach").level
    yield root
    root.handlers[:], root.level = kept[0], kept[1]
    logging.getLogger("coach").setLevel(kept[2])


def test_a_json_line_says_when_how_grave_who_what_and_about_which_session() -> None:
    body = as_json(record("coach.worker", "Hint sent", session="s1", turn="s1-t3", seq=4))
    assert datetime.fromisoformat(body.pop("time")).utcoffset() is not None
    assert body == {
        "level": "warning",
        "logger": "coach.worker",
        "message": "Hint sent",
        "session": "s1",
        "turn": "s1-t3",
        "seq": 4,
    }


def test_records_of_a_session_s_task_carry_its_id_unasked() -> None:
    def in_session() -> dict[str, Any]:
        logs.session.set("s7")
        return as_json(record("livekit.agents", "slow"))

    assert copy_context().run(in_session)["session"] == "s7"
    assert "session" not in as_json(record("coach.web", "Coach dispatched"))


@pytest.mark.parametrize("formatter", [logs.SafeFormatter(), logs.JsonFormatter()])
def test_nothing_that_was_said_gets_through(formatter: logging.Formatter) -> None:
    try:
        raise ValueError(SAID)
    except ValueError as error:
        kind = (type(error), error, error.__traceback__)
        lines = [
            record("coach.worker", "Draft failed", text=SAID, exc_info=kind, error=error),
            record("openai", "answer: %s", args=(SAID,)),
            record("livekit.agents", f"transcript {{'text': '{SAID}'}}"),
            record("coachwork.else", f"heard [{SAID}]"),
        ]
    told = [formatter.format(line) for line in lines]
    assert SAID not in "".join(told)
    assert "ValueError" in told[0]
    assert "answer" in told[1]


@pytest.mark.parametrize(
    ("command", "wish", "expected"),
    [
        ("start", None, "json"),
        ("dev", None, "text"),
        ("start", "text", "text"),
        ("dev", "json", "json"),
    ],
)
def test_production_logs_for_machines_and_dev_for_people(
    command: str,
    wish: logs.Format | None,
    expected: str,
    monkeypatch: pytest.MonkeyPatch,
    root_logger: logging.Logger,
) -> None:
    handed: list[Settings] = []

    async def run(settings: Settings, report: object) -> None:
        handed.append(settings)

    monkeypatch.setattr(cli, "load", lambda: Settings.model_construct(log_format=wish))
    monkeypatch.setattr(running, "run_start", run)
    monkeypatch.setattr(running, "run_dev", run)
    CliRunner().invoke(cli.application(command), [command], catch_exceptions=False)
    forms = {"json": logs.JsonFormatter, "text": logs.SafeFormatter}
    assert isinstance(root_logger.handlers[0].formatter, forms[expected])
    assert handed[0].environment().get("LOG_FORMAT", "text") == expected
