"""Seats: one person's place in one session, opened by an invitation and held by one browser.

Secrets and browser keys have 256 bits of chance, so a plain SHA-256 keeps them; neither is stored.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from coach.store.clock import now_ms
from coach.store.database import Database
from coach.store.schema import knocks, seats, sessions

Role = Literal["partner", "facilitator"]
Standing = Literal["valid", "expired", "revoked", "ended"]
Claim = Literal["claimed", "held", "taken", "refused"]

MAX_KNOCKS = 5
_CODE_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new seat and its secret, which is shown once and never kept."""

    seat_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat as it stands. Times are milliseconds since the epoch."""

    seat_id: str
    session_id: str
    room: str
    role: Role
    expires_at: int
    claimed_at: int | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Knock:
    """A browser that opened the link of a seat another one holds; both people see the code."""

    seat_id: str
    role: Role
    code: str
    at: int


class Seats:
    """Invitations, and which browser holds which seat."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def invite(self, session_id: str, role: Role, expires_at: int) -> Invitation:
        """Make a seat in this session until a time; earlier invitations to the role stay valid."""
        invitation = Invitation(f"seat-{secrets.token_urlsafe(12)}", secrets.token_urlsafe(32))
        async with self._database.writing() as connection:
            await connection.execute(
                insert(seats).values(
                    id=invitation.seat_id,
                    session_id=session_id,
                    role=role,
                    secret_hash=_hashed(invitation.secret),
                    created_at=now_ms(),
                    expires_at=expires_at,
                )
            )
        return invitation

    async def find(self, secret: str) -> HeldSeat | None:
        """The seat that this secret opens, valid or not; None when there is none."""
        return await self._one(seats.c.secret_hash == _hashed(secret))

    async def get(self, seat_id: str) -> HeldSeat | None:
        """A seat by its id."""
        return await self._one(seats.c.id == seat_id)

    async def of_session(self, session_id: str) -> list[HeldSeat]:
        """Every seat of a session, oldest first."""
        query = _query().where(seats.c.session_id == session_id).order_by(seats.c.created_at)
        async with self._database.reading() as connection:
            return [_seat(row) for row in (await connection.execute(query)).mappings()]

    async def claim(self, seat_id: str, browser_key: str) -> Claim:
        """Take the seat for this browser: `claimed` now, `held` by it already, `taken` by another
        one (whose facilitator may then `admit` this one), or `refused` because it isn't valid.
        """
        seat = await self.get(seat_id)
        if seat is None or seat.standing != "valid":
            return "refused"
        browser = _hashed(browser_key)
        async with self._database.writing() as connection:
            taken = await connection.execute(
                update(seats)
                .where(seats.c.id == seat_id, seats.c.browser_hash.is_(None))
                .values(browser_hash=browser, claimed_at=now_ms())
            )
            if taken.rowcount:
                return "claimed"
            holder = select(seats.c.browser_hash).where(seats.c.id == seat_id)
            if (await connection.execute(holder)).scalar() == browser:
                return "held"
        await self._knock(seat_id, browser)
        return "taken"

    async def holder(self, seat_id: str, browser_key: str) -> HeldSeat | None:
        """The seat, when it is valid and this browser holds it."""
        seat = await self._one(
            (seats.c.id == seat_id) & (seats.c.browser_hash == _hashed(browser_key))
        )
        return seat if seat and seat.standing == "valid" else None

    async def taken_away(self, seat_id: str, entered_at: int) -> bool:
        """Whether the seat is no longer that of who was let in at this time: it was revoked, given
        to another browser, or its session has ended. A link's expiry ends nobody's stay, and of a
        seat that is unknown nothing is known.
        """
        seat = await self.get(seat_id)
        if seat is None:
            return False
        gone = seat.standing in ("revoked", "ended")
        return gone or seat.claimed_at is None or seat.claimed_at > entered_at

    async def knocks(self, session_id: str) -> list[Knock]:
        """The browsers that wait to be admitted to a session's seats, the first one first."""
        query = (
            select(seats.c.role, knocks)
            .join_from(knocks, seats)
            .where(seats.c.session_id == session_id)
            .order_by(knocks.c.at)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings()
            return [
                Knock(row["seat_id"], row["role"], _code(row["browser_hash"]), row["at"])
                for row in rows
            ]

    async def admit(self, seat_id: str, code: str) -> bool:
        """Give the seat to the waiting browser with this code, and turn the others away; False
        when none waits under it.
        """
        async with self._database.writing() as connection:
            waiting = select(knocks.c.browser_hash).where(knocks.c.seat_id == seat_id)
            browsers = (await connection.execute(waiting)).scalars()
            wanted = next((browser for browser in browsers if _code(browser) == code), None)
            if wanted is None:
                return False
            await connection.execute(
                update(seats)
                .where(seats.c.id == seat_id)
                .values(browser_hash=wanted, claimed_at=now_ms())
            )
            await connection.execute(delete(knocks).where(knocks.c.seat_id == seat_id))
        return True

    async def revoke(self, seat_id: str) -> bool:
        """End a seat for good; False when it is unknown or revoked already."""
        async with self._database.writing() as connection:
            revoked = await connection.execute(
                update(seats)
                .where(seats.c.id == seat_id, seats.c.revoked_at.is_(None))
                .values(revoked_at=now_ms())
            )
            await connection.execute(delete(knocks).where(knocks.c.seat_id == seat_id))
        return bool(revoked.rowcount)

    async def _knock(self, seat_id: str, browser: str) -> None:
        """Remember a browser at the door; a full porch lets nobody else in the queue."""
        try:
            async with self._database.writing() as connection:
                waiting = select(func.count()).where(knocks.c.seat_id == seat_id)
                if ((await connection.execute(waiting)).scalar() or 0) < MAX_KNOCKS:
                    await connection.execute(
                        insert(knocks).values(seat_id=seat_id, browser_hash=browser, at=now_ms())
                    )
        except IntegrityError:
            return

    async def _one(self, condition: Any) -> HeldSeat | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(_query().where(condition))).mappings().first()
        return _seat(row) if row else None


def waiting_code(browser_key: str) -> str:
    """The code under which this browser waits, to be read out to the facilitator."""
    return _code(_hashed(browser_key))


def _query() -> Any:
    return select(seats, sessions.c.room, sessions.c.state).join_from(seats, sessions)


def _seat(row: Mapping[Any, Any]) -> HeldSeat:
    return HeldSeat(
        seat_id=row["id"],
        session_id=row["session_id"],
        room=row["room"],
        role=row["role"],
        expires_at=row["expires_at"],
        claimed_at=row["claimed_at"],
        standing=_standing(row),
    )


def _standing(row: Mapping[Any, Any]) -> Standing:
    if row["revoked_at"] is not None:
        return "revoked"
    if row["state"] != "open":
        return "ended"
    return "valid" if row["expires_at"] > now_ms() else "expired"


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _code(browser_hash: str) -> str:
    return browser_hash[:_CODE_LENGTH].upper()
