"""`coach sessions` as an operator uses it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests.support.stores import NAME_WORDS, WORDS, Engine, fill
from typer.testing import CliRunner

from coach.cli import application
from coach.errors import CoachError
from coach.store import Store, migrate, open_store
from coach.store.place import FILE_NAME, place_of

pytestmark = pytest.mark.integration


def said(*command: str) -> str:
    """What `coach sessions COMMAND` prints; raises what it fails with."""
    done = CliRunner().invoke(application(), ["sessions", *command], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def in_store(engine: Engine, work: Callable[[Store], Awaitable[str]]) -> str:
    async def run() -> str:
        await migrate(engine.settings)
        async with open_store(engine.settings) as store:
            return await work(store)

    return asyncio.run(run())


def test_erase_leaves_not_a_word(engine: Engine) -> None:
    session_id = in_store(engine, fill)
    assert engine.found() == set(WORDS)
    assert session_id in said("list")
    assert NAME_WORDS[0] in said("list")
    assert said("erase", session_id) == "Erased: 1 hints, 1 segments, 1 notes\n"
    assert engine.found() == set()
    (line,) = said("list").splitlines()
    assert line.split()[:2] == [session_id, "erased"]
    (deed,) = engine.run("SELECT session_id, actor, action FROM audit")
    assert tuple(deed) == (session_id, "operator", "erase")


def test_erase_beside_a_running_coach(engine: Engine) -> None:
    """Whose connections are idle; one that is just reading can't hide what is left."""

    async def erase(store: Store) -> str:
        session_id = await fill(store)
        await store.turns.all(session_id)
        await asyncio.to_thread(said, "erase", session_id)
        assert engine.found() == set()
        return session_id

    in_store(engine, erase)


def test_erase_of_an_unknown_session(engine: Engine) -> None:
    in_store(engine, fill)
    with pytest.raises(CoachError, match="no such session"):
        said("erase", "s-unknown")


def test_sweep_ends_what_was_left(engine: Engine) -> None:
    in_store(engine, fill)
    engine.run("UPDATE sessions SET created_at = 1")
    engine.run("UPDATE turns SET at = 1")
    assert said("sweep") == "1 sessions ended, text of 0 earlier ones erased\n"
    assert engine.found() == set()


def test_keys_are_made_and_used(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    in_store(engine, fill)
    with pytest.raises(CoachError, match="COACH_STORE_KEYS is not set"):
        said("rekey")
    monkeypatch.setenv("COACH_STORE_KEYS", said("key").strip())
    place = place_of(engine.settings).named()
    assert said("rekey") == f"4 texts in {place} are sealed with the first key\n"
    assert engine.found() == set()
    assert NAME_WORDS[0] in said("list")
    monkeypatch.delenv("COACH_STORE_KEYS")
    with pytest.raises(CoachError, match="another key"):
        said("list")


@pytest.mark.parametrize("command", [("list",), ("sweep",), ("rekey",), ("erase", "s-1")])
def test_no_empty_store_is_made_for_who_looks_in_the_wrong_place(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    with pytest.raises(CoachError, match="no store at") as caught:
        said(*command)
    assert "COACH_HOME" in caught.value.hint
    assert not (tmp_path / FILE_NAME).exists()
