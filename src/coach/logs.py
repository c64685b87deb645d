"""The log: one line a record, static messages, ids beside them, nothing of what was said."""

import logging
import re
import sys
from datetime import UTC, datetime

IDS = (
    "session",
    "room",
    "dispatch",
    "job_id",
    "seq",
    "stt",
    "llm_first",
    "total",
    "rule",
    "part",
    "reason",
    "method",
    "task",
    "where",
    "error",
    "pid",
    "code",
    "retry_count",
)

_QUOTED = re.compile(r"[%:{\[\n]")


class SafeFormatter(logging.Formatter):
    """Message and known ids only: other extras, and texts of exceptions, may carry speech."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, for people."""
        moment = datetime.fromtimestamp(record.created, UTC).astimezone()
        ids = " ".join(f"{key}={getattr(record, key)}" for key in IDS if _has_id(record, key))
        kind = f" {record.exc_info[0].__name__}" if record.exc_info and record.exc_info[0] else ""
        line = f"{moment:%H:%M:%S} {record.levelname:<7} {_message(record)}{kind}"
        return f"{line}  {ids}" if ids else line


def _has_id(record: logging.LogRecord, key: str) -> bool:
    value = getattr(record, key, None)
    if isinstance(value, Exception):
        setattr(record, key, type(value).__name__)
    return isinstance(value, str | int | float | Exception)


def _message(record: logging.LogRecord) -> str:
    """Libraries' messages end before anything they quote."""
    if record.name.startswith("coach"):
        return record.getMessage()
    beginning = _QUOTED.split(str(record.msg), maxsplit=1)[0].strip()
    return f"{record.name}: {beginning or 'details withheld'}"


def configure(*, verbose: bool = False) -> None:
    """Log to standard error: our own records, and the libraries' warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(SafeFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("coach").setLevel(logging.DEBUG if verbose else logging.INFO)
