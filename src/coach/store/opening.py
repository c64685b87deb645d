"""Opening the store that the settings name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import select

from coach.settings import Settings
from coach.store.audit import Audit
from coach.store.consents import Consents
from coach.store.database import Database
from coach.store.dispatches import Dispatches
from coach.store.erasure import Erasure
from coach.store.figures import FiguresKept
from coach.store.hints import Hints
from coach.store.limits import Limits
from coach.store.place import place_of
from coach.store.schema import sessions
from coach.store.sealing import cipher_of
from coach.store.seats import Seats
from coach.store.sessions import Sessions
from coach.store.sign_outs import SignOuts
from coach.store.summaries import Summaries
from coach.store.sweeper import Sweeper
from coach.store.turns import Turns
from coach.store.wishes import Wishes


@dataclass(frozen=True)
class Store:
    """One repository a table; each method is one transaction. All raise SQLAlchemyError when the
    database is down, full or refuses.
    """

    database: Database
    sessions: Sessions
    seats: Seats
    consents: Consents
    hints: Hints
    turns: Turns
    wishes: Wishes
    summaries: Summaries
    figures: FiguresKept
    audit: Audit
    dispatches: Dispatches
    limits: Limits
    sign_outs: SignOuts
    erasure: Erasure
    sweeper: Sweeper

    async def ping(self) -> None:
        """Raise SQLAlchemyError when the store can't be read."""
        async with self.database.reading() as connection:
            await connection.execute(select(sessions.c.id).limit(1))


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """The store of these settings, closed at the end of the block. It connects at the first use,
    and its tables are there after `migrate`.

    Raises CoachError when DATABASE_URL or COACH_STORE_KEYS can't be understood.
    """
    database = Database(place_of(settings), cipher_of(settings))
    erasure = Erasure(database, settings.retention_days)
    limits, sign_outs = Limits(database), SignOuts(database)
    try:
        yield Store(
            database,
            Sessions(database, erasure),
            Seats(database),
            Consents(database),
            Hints(database),
            Turns(database),
            Wishes(database),
            Summaries(database),
            FiguresKept(database),
            Audit(database),
            Dispatches(database),
            limits,
            sign_outs,
            erasure,
            Sweeper(database, erasure, settings.retention_days, (limits, sign_outs)),
        )
    finally:
        await database.aclose()
