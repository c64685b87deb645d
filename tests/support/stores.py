"""A store to test with, on either engine, and what it holds on disk."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, text

from coach.settings import Settings
from coach.store import Store, StoredHint
from coach.store.place import place_of
from coach.store.schema import metadata

HINT_WORDS = ("pomegranate", "lighthouse")
TURN_WORDS = ("kingfisher", "marmalade", "Zürich")
NOTE_WORDS = ("thunderstorm", "accordion")
NAME_WORDS = ("Wilhelmina",)
WORDS = HINT_WORDS + TURN_WORDS + NOTE_WORDS + NAME_WORDS
FOREVER = 10**15


@dataclass(frozen=True, slots=True)
class Engine:
    """One of the two engines, empty."""

    name: str
    settings: Settings

    def changed(self, **update: Any) -> Settings:
        """Its settings with others beside."""
        return self.settings.model_copy(update=update)

    def run(self, *statements: str, **values: Any) -> list[Any]:
        """Statements by hand, beside the store; the rows of the last one."""
        engine = create_engine(place_of(self.settings).url)
        try:
            with engine.begin() as connection:
                return [_rows(connection, statement, values) for statement in statements][-1]
        finally:
            engine.dispose()

    def found(self, words: Iterable[str] = WORDS) -> set[str]:
        """Which of these are there: in any file of the home, or in any row of PostgreSQL."""
        if self.name == "sqlite":
            content = self._bytes_on_disk()
            return {word for word in words if word.encode() in content}
        rows = " ".join(
            str(row)
            for table in metadata.tables
            for row in self.run(f"SELECT * FROM {table}")  # noqa: S608
        )
        return {word for word in words if word in rows}

    def _bytes_on_disk(self) -> bytes:
        files = [file for file in self.settings.coach_home.rglob("*") if file.is_file()]
        return b"".join(file.read_bytes() for file in files)


def _rows(connection: Connection, statement: str, values: dict[str, Any]) -> list[Any]:
    result = connection.execute(text(statement), values)
    return list(result) if result.returns_rows else []


_numbers = itertools.count(1)


def hint(session_id: str, *, seq: int = 1, words: str = " ".join(HINT_WORDS)) -> StoredHint:
    """A complete hint."""
    return StoredHint(
        hint_id=f"{session_id}-h{next(_numbers)}",
        session_id=session_id,
        seq=seq,
        turn_id=f"{session_id}-t1",
        heard_at=1_700_000_000_000,
        card="hint",
        sections=[{"section": "suggestion", "text": words, "index": 0}],
        latency_ms={"stt": 1, "llm_first": 2, "total": 3},
    )


async def fill(store: Store) -> str:
    """A session with every kind of text in it."""
    session_id = await store.sessions.begin("room", name=" ".join(NAME_WORDS))
    await store.turns.add(session_id, f"{session_id}-t1", " ".join(TURN_WORDS))
    await store.hints.add(hint(session_id))
    await store.summaries.keep(session_id, " ".join(NOTE_WORDS))
    return session_id


def sqlite_file(settings: Settings) -> Path:
    """The database file."""
    file = place_of(settings).file
    assert file is not None
    return file
