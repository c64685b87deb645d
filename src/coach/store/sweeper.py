"""What nobody ended or erased: found in the store itself, so a restart forgets nothing."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from coach.store.clock import now_ms
from coach.store.database import Database
from coach.store.erasure import Erasure, keeping_agreed
from coach.store.limits import Limits
from coach.store.schema import hints, sessions, summaries, turns
from coach.store.sign_outs import SignOuts
from coach.tasks import Tasks

log = logging.getLogger("coach.store")

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
PAUSE_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class Swept:
    """How many sessions were ended, and of how many ended ones the text was erased."""

    ended: int
    erased: int


class Sweeper:
    """Ends sessions that were left, and erases text whose time is over."""

    def __init__(
        self,
        database: Database,
        erasure: Erasure,
        retention_days: int,
        passing: tuple[Limits | SignOuts, ...],
    ) -> None:
        self._database = database
        self._erasure = erasure
        self._retention_ms = retention_days * DAY_MS
        self._passing = passing

    async def sweep(self) -> Swept:
        """Look once. Several processes may do so at the same time."""
        now = now_ms()
        left = [row.id for row in await self._rows(_open_sessions()) if _is_left(row, now)]
        for session_id in left:
            await self._erasure.end(session_id)
        over = [row.id for row in await self._rows(self._over(now))]
        for session_id in over:
            await self._erasure.erase(session_id, "retention")
        late = [row.id for row in await self._rows(_late())]
        for session_id in late:
            await self._erasure.erase(session_id, "late")
        for records in self._passing:
            await records.forget(now)
        await self._erasure.scrub()
        return Swept(ended=len(left), erased=len(over) + len(late))

    def _over(self, now: int) -> Select[Any]:
        return select(sessions.c.id).where(
            sessions.c.state == "ended",
            or_(sessions.c.ended_at <= now - self._retention_ms, ~keeping_agreed(sessions.c.id)),
        )

    async def _rows(self, query: Select[Any]) -> list[Row[Any]]:
        async with self._database.reading() as connection:
            return list(await connection.execute(query))


@asynccontextmanager
async def sweeping(sweeper: Sweeper) -> AsyncIterator[None]:
    """Sweep now and every quarter of an hour, until the block ends."""
    tasks = Tasks()
    tasks.start(_keep_sweeping(sweeper), "sweeper")
    try:
        yield
    finally:
        await tasks.aclose()


async def _keep_sweeping(sweeper: Sweeper) -> None:
    while True:
        try:
            await sweeper.sweep()
        except SQLAlchemyError as failure:
            log.warning("Not swept", extra={"error": type(failure).__name__})
        await asyncio.sleep(PAUSE_SECONDS)


def _open_sessions() -> Select[Any]:
    said = select(func.max(turns.c.at)).where(turns.c.session_id == sessions.c.id)
    hinted = select(func.max(hints.c.heard_at)).where(hints.c.session_id == sessions.c.id)
    return select(
        sessions.c.id,
        sessions.c.created_at,
        sessions.c.expires_at,
        said.scalar_subquery().label("said_at"),
        hinted.scalar_subquery().label("hinted_at"),
    ).where(sessions.c.state == "open")


def _is_left(row: Row[Any], now: int) -> bool:
    """Silent for a day, or beyond its time and silent for an hour: a call that goes on keeps its
    text even then.
    """
    last = max(row.said_at or 0, row.hinted_at or 0)
    if last and last < now - DAY_MS:
        return True
    over = row.expires_at or row.created_at + DAY_MS
    return bool(over < now and last < now - HOUR_MS)


def _late() -> Select[Any]:
    """Erased sessions with text all the same."""
    return select(sessions.c.id).where(
        sessions.c.state == "erased", or_(*(_has(table) for table in (hints, turns, summaries)))
    )


def _has(table: Any) -> ColumnElement[bool]:
    return exists().where(table.c.session_id == sessions.c.id)
