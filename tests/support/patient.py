"""Somebody for the doctor: settings under which all is well, to plant faults in."""

from collections.abc import Mapping
from pathlib import Path

from coach.doctor.checks import CHECKS
from coach.doctor.examine import Result, examine, with_needs
from coach.doctor.finding import Finding, Outcome


class Patient:
    """A folder with settings under which all is well, to plant faults in."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.settings = dict(settings)

    @property
    def env_file(self) -> Path:
        return self.folder / ".agent.env"

    def write(self, **changes: str | None) -> None:
        """Write the settings with these changes; None leaves one out."""
        values = {**self.settings, **changes}
        lines = [f"{key.upper()}={value}" for key, value in values.items() if value is not None]
        self.env_file.touch(mode=0o600)
        self.env_file.write_text("\n".join(lines))

    async def examine(self, *names: str, **changes: str | None) -> Finding:
        """Make the named checks and what they need; the finding of the last one."""
        if not self.env_file.exists() or changes:
            self.write(**changes)
        seen: list[Result] = []
        await examine(with_needs(CHECKS, names), self.env_file, seen.append)
        print(*seen, sep="\n")
        return next(result.finding for result in seen if result.name == names[-1])


def assert_fault(finding: Finding, reason: str, remedy: str) -> None:
    assert finding.outcome is Outcome.FAIL, finding
    assert reason in finding.reason
    assert remedy in finding.remedy
