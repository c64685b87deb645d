"""`coach sessions` for operators: what the store keeps, and its upkeep."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from coach.errors import CoachError
from coach.settings import Settings, load
from coach.store.migrate import migrate
from coach.store.opening import Store, open_store
from coach.store.place import Place, place_of
from coach.store.rekey import rekey
from coach.store.sealing import UnreadableTextError, new_key
from coach.store.sessions import Session

app = typer.Typer()
console = Console(highlight=False, soft_wrap=True)
Result = TypeVar("Result")


@app.command("migrate")
def migrate_store() -> None:
    """Bring the store's tables up to date; make them when there are none."""
    _say(f"The store is at version {asyncio.run(migrate(load()))}")


@app.command("list")
def list_sessions(
    *, limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 50
) -> None:
    """The newest sessions: id, state, beginning, end, name."""
    for session in _with_store(lambda store: store.sessions.latest(limit)):
        _say(_line(session))


@app.command()
def erase(session: Annotated[str, typer.Argument(help="The session's id.")]) -> None:
    """End a session and erase all its text, down to the last byte of the file."""
    _say(_with_store(lambda store: _erase(store, session)))


@app.command()
def sweep() -> None:
    """End sessions that were left, and erase text whose time is over."""
    swept = _with_store(lambda store: store.sweeper.sweep())
    _say(f"{swept.ended} sessions ended, text of {swept.erased} earlier ones erased")


@app.command()
def key() -> None:
    """Print a new key for COACH_STORE_KEYS."""
    _say(new_key())


@app.command("rekey")
def rekey_store() -> None:
    """Seal every text with the first of COACH_STORE_KEYS; older keys are not needed any more."""
    _say(_with_store(_rekey))


async def _erase(store: Store, session_id: str) -> str:
    receipt = await store.erasure.erase(session_id, "asked")
    if receipt is None:
        raise CoachError("there is no such session", "see their ids with: coach sessions list")
    await store.audit.note(session_id, "operator", "erase")
    await _leave_no_trace(store)
    return f"Erased: {receipt.hints} hints, {receipt.turns} segments, {receipt.summaries} notes"


async def _rekey(store: Store) -> str:
    if not store.database.cipher.seals:
        raise CoachError("COACH_STORE_KEYS is not set", "make a key with: coach sessions key")
    texts = await rekey(store.database)
    await _leave_no_trace(store)
    return f"{texts} texts in {store.database.place.named()} are sealed with the first key"


async def _leave_no_trace(store: Store) -> None:
    await store.erasure.vacuum()
    if not await store.erasure.scrub():
        raise CoachError(
            "the rows are erased, but another process reads older pages of the store",
            "run it again in a moment",
        )


def _with_store(work: Callable[[Store], Awaitable[Result]]) -> Result:
    return asyncio.run(_opened(load(), work))


async def _opened(settings: Settings, work: Callable[[Store], Awaitable[Result]]) -> Result:
    await asyncio.to_thread(_require_file, place_of(settings))
    await migrate(settings)
    try:
        async with open_store(settings) as store:
            return await work(store)
    except UnreadableTextError:
        raise CoachError(
            "the store holds text sealed with another key", "add that key to COACH_STORE_KEYS"
        ) from None
    except SQLAlchemyError as error:
        raise CoachError(
            f"the store failed ({type(error).__name__})", "see its state with: coach doctor"
        ) from None


def _require_file(place: Place) -> None:
    """An empty store, made here beside the coach's own, would answer as if all were well."""
    if place.file and not os.access(place.file, os.F_OK):
        raise CoachError(
            f"there is no store at {place.file}",
            "run it as the coach's user, with its COACH_HOME or DATABASE_URL: docs/operations.md",
        )


def _line(session: Session) -> str:
    ended = _moment(session.ended_at) if session.ended_at else "-"
    return (
        f"{session.session_id}  {session.state:<6}  {_moment(session.created_at)}  {ended:<16}  "
        f"{session.name}"
    ).rstrip()


def _moment(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, UTC).astimezone():%Y-%m-%d %H:%M}"


def _say(line: str) -> None:
    console.print(line, markup=False)
