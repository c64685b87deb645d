"""Where the store is: a SQLite file in COACH_HOME, or the PostgreSQL of DATABASE_URL."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from coach.errors import CoachError
from coach.settings import Settings

FILE_NAME = "coach.sqlite3"
CONNECT_SECONDS = 5
SILENCE_MS = 10_000
_SCHEMES = ("postgres", "postgresql")


@dataclass(frozen=True, slots=True)
class Place:
    """The database's URL, without a driver for SQLite's two; `file` is None on PostgreSQL."""

    url: URL
    file: Path | None

    def named(self) -> str:
        """For people: the file, or host and database, never a password."""
        return str(self.file) if self.file else f"{self.url.host}/{self.url.database}"

    def remedy(self) -> str:
        """What to do when it can't be opened."""
        if self.file:
            return "set COACH_HOME to a directory that you can write to"
        return "check DATABASE_URL and that the database server runs"

    def asynchronous(self) -> URL:
        """The URL for an asynchronous engine."""
        return self.url.set(drivername="sqlite+aiosqlite") if self.file else self.url

    def driver_options(self) -> dict[str, Any]:
        """What the driver is told when it connects.

        Poolers hand each transaction to another server connection, where statements that were
        prepared on the last one are unknown: so none are prepared. A server that answers nothing,
        not even to TCP, is given up after ten seconds.
        """
        if self.file:
            return {}
        return {
            "prepare_threshold": None,
            "connect_timeout": CONNECT_SECONDS,
            "tcp_user_timeout": SILENCE_MS,
        }


def place_of(settings: Settings) -> Place:
    """The place that these settings name. Raises CoachError for a URL that isn't PostgreSQL's."""
    if settings.database_url is None:
        file = settings.coach_home / FILE_NAME
        return Place(URL.create("sqlite", database=str(file)), file)
    try:
        url = make_url(settings.database_url.get_secret_value())
    except ArgumentError:
        url = URL.create("unknown")
    if url.drivername not in _SCHEMES or not url.host or not url.database:
        raise CoachError(
            "DATABASE_URL is not a PostgreSQL address",
            "write it as postgresql://user:password@host:5432/database, or leave it out for SQLite",
        )
    url = url.set(drivername="postgresql+psycopg").difference_update_query(["pgbouncer"])
    return Place(url, None)
