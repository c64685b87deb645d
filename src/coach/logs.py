"""The log: one line a record, static messages, ids beside them, nothing of what was said."""

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal

Format = Literal["text", "json"]

IDS = (
    "session",
    "turn",
    "room",
    "dispatch",
    "job_id",
    "seq",
    "stt",
    "llm_first",
    "total",
    "rule",
    "part",
    "service",
    "reason",
    "limit",
    "method",
    "task",
    "where",
    "error",
    "pid",
    "code",
    "retry_count",
)

session: ContextVar[str] = ContextVar("session", default="")
"""The session that the current task works for; in JSON each of its records carries it."""

_QUOTED = re.compile(r"[%:{\[\n]")


class SafeFormatter(logging.Formatter):
    """Message and known ids only: other extras, and texts of exceptions, may carry speech.

    One line, for people.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Local time, level, message, ids."""
        moment = datetime.fromtimestamp(record.created, UTC).astimezone()
        ids = " ".join(f"{key}={value}" for key, value in _ids(record).items())
        source = "" if _is_ours(record) else f"{record.name}: "
        kind = f" {_failure(record)}".rstrip()
        line = f"{moment:%H:%M:%S} {record.levelname:<7} {source}{_message(record)}{kind}"
        return f"{line}  {ids}" if ids else line


class JsonFormatter(logging.Formatter):
    """The same as one JSON object, for machines; times are UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """`time`, `level`, `logger`, `message`, and what is known of `session` and other ids."""
        moment = datetime.fromtimestamp(record.created, UTC)
        body: dict[str, object] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if current := session.get():
            body["session"] = current
        if failure := _failure(record):
            body["exception"] = failure
        return json.dumps(body | _ids(record), ensure_ascii=False)


_FORMATTERS: dict[Format, type[logging.Formatter]] = {"text": SafeFormatter, "json": JsonFormatter}


def configure(form: Format = "text", *, verbose: bool = False) -> None:
    """Log to standard error: our own records, and the libraries' warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_FORMATTERS[form]())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("coach").setLevel(logging.DEBUG if verbose else logging.INFO)


def name_sessions() -> None:
    """Let records carry their session where another process writes them."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(_named)


def _named(record: logging.LogRecord) -> bool:
    if current := session.get():
        record.session = current
    return True


def _ids(record: logging.LogRecord) -> dict[str, str | int | float]:
    """The ids that the record carries; of an exception its kind alone."""
    found: dict[str, str | int | float] = {}
    for key in IDS:
        value = getattr(record, key, None)
        if isinstance(value, Exception):
            found[key] = type(value).__name__
        elif isinstance(value, str | int | float):
            found[key] = value
    return found


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == "coach"


def _message(record: logging.LogRecord) -> str:
    """Libraries' messages end before anything they quote."""
    if _is_ours(record):
        return record.getMessage()
    beginning = _QUOTED.split(str(record.msg), maxsplit=1)[0].strip()
    return beginning or "details withheld"


def _failure(record: logging.LogRecord) -> str:
    kind = record.exc_info[0] if record.exc_info else None
    return kind.__name__ if kind else ""
