"""What a check finds."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a check ended."""

    PASS = "pass"  # noqa: S105 (no password)
    WARN = "warn"
    FAIL = "fail"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of what was found, and the command or edit that mends it."""

    outcome: Outcome
    reason: str
    remedy: str = ""


def passed(reason: str) -> Finding:
    """All is well."""
    return Finding(Outcome.PASS, reason)


def warned(reason: str, remedy: str) -> Finding:
    """It works, and may not for everybody or not for long."""
    return Finding(Outcome.WARN, reason, remedy)


def failed(reason: str, remedy: str) -> Finding:
    """It does not work."""
    return Finding(Outcome.FAIL, reason, remedy)


def skipped(reason: str) -> Finding:
    """Nothing was tried."""
    return Finding(Outcome.SKIP, reason)
