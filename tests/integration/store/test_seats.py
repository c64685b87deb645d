"""Seats: a secret opens one, one browser holds it, and only the facilitator lets another in."""

import asyncio

import pytest
from tests.support.stores import FOREVER, Engine

from coach.store import Store
from coach.store.seats import waiting_code

pytestmark = pytest.mark.integration


async def invited(store: Store, expires_at: int = FOREVER) -> tuple[str, str]:
    session_id = await store.sessions.begin("room")
    invitation = await store.seats.invite(session_id, "partner", expires_at)
    return session_id, invitation.secret


async def test_a_secret_opens_its_seat_and_no_guess_does(store: Store, engine: Engine) -> None:
    session_id, secret = await invited(store)
    seat = await store.seats.find(secret)
    assert seat is not None
    assert (seat.session_id, seat.room, seat.role) == (session_id, "room", "partner")
    assert seat.standing == "valid"
    for guess in ("", secret[:-1], secret.swapcase(), "x" * 43, "' OR 1=1 --"):
        assert await store.seats.find(guess) is None
    assert len(secret) * 6 >= 128
    assert secret not in str(engine.run("SELECT * FROM seats"))


async def test_one_of_many_browsers_at_once_gets_the_seat(store: Store) -> None:
    _, secret = await invited(store)
    seat = await store.seats.find(secret)
    assert seat is not None
    claims = await asyncio.gather(
        *(store.seats.claim(seat.seat_id, f"browser-{number}") for number in range(8))
    )
    assert sorted(claims) == ["claimed", *["taken"] * 7]
    winner = f"browser-{claims.index('claimed')}"
    assert await store.seats.claim(seat.seat_id, winner) == "held"
    assert await store.seats.holder(seat.seat_id, winner) is not None
    assert await store.seats.holder(seat.seat_id, "browser-9") is None


async def test_the_facilitator_admits_a_new_device_and_the_old_one_is_out(store: Store) -> None:
    session_id, secret = await invited(store)
    seat = await store.seats.find(secret)
    assert seat is not None
    assert await store.seats.claim(seat.seat_id, "old phone") == "claimed"
    for _ in range(2):
        assert await store.seats.claim(seat.seat_id, "laptop") == "taken"
    assert await store.seats.claim(seat.seat_id, "stranger") == "taken"
    codes = [knock.code for knock in await store.seats.knocks(session_id)]
    assert codes == [waiting_code("laptop"), waiting_code("stranger")]
    assert not await store.seats.admit(seat.seat_id, "000000")
    assert await store.seats.admit(seat.seat_id, waiting_code("laptop"))
    assert await store.seats.holder(seat.seat_id, "laptop") is not None
    assert await store.seats.holder(seat.seat_id, "old phone") is None
    assert await store.seats.knocks(session_id) == []
    assert not await store.seats.admit(seat.seat_id, waiting_code("stranger"))


async def test_a_crowd_at_the_door_does_not_fill_the_store(store: Store) -> None:
    session_id, secret = await invited(store)
    seat = await store.seats.find(secret)
    assert seat is not None
    for number in range(12):
        await store.seats.claim(seat.seat_id, f"browser-{number}")
    assert len(await store.seats.knocks(session_id)) == 5


@pytest.mark.parametrize("standing", ["expired", "revoked", "ended"])
async def test_a_seat_that_is_over_serves_nobody(store: Store, standing: str) -> None:
    session_id, secret = await invited(store, 1 if standing == "expired" else FOREVER)
    seat = await store.seats.find(secret)
    assert seat is not None
    if standing != "expired":
        assert await store.seats.claim(seat.seat_id, "phone") == "claimed"
    if standing == "revoked":
        assert await store.seats.revoke(seat.seat_id)
        assert not await store.seats.revoke(seat.seat_id)
    if standing == "ended":
        await store.sessions.end(session_id)
    found = await store.seats.find(secret)
    assert found is not None
    assert found.standing == standing
    assert await store.seats.claim(seat.seat_id, "phone") == "refused"
    assert await store.seats.holder(seat.seat_id, "phone") is None
    assert [held.standing for held in await store.seats.of_session(session_id)] == [standing]
