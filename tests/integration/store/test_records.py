"""What is written is what is read: consents, hints, verdicts, wishes, the audit."""

import pytest
from sqlalchemy.exc import IntegrityError
from tests.support.stores import HINT_WORDS, Engine, fill, hint

from coach.store import Store, Wish

pytestmark = pytest.mark.integration


async def test_a_consent_record_tells_when_it_was_given_and_withdrawn(
    store: Store, engine: Engine
) -> None:
    session_id = await store.sessions.begin("room")
    seat = await store.seats.invite(session_id, "partner", 10**15)
    said = [
        await store.consents.record(
            session_id,
            "partner",
            agreed=agreed,
            version="v1",
            text_hash="f" * 64,
            seat_id=seat.seat_id,
        )
        for agreed in (False, True, False, False, True)
    ]
    assert said == ["declined", "granted", "withdrawn", "withdrawn", "granted"]
    assert await store.consents.current(session_id, "partner") == "granted"
    assert await store.consents.current(session_id, "facilitator") is None
    assert await store.consents.current(session_id, "partner", "keeping") is None
    rows = engine.run("SELECT state, purpose, seat_id, withdrawn_at FROM consents ORDER BY id")
    assert [row.state for row in rows] == ["declined", "granted", "granted"]
    assert [row.withdrawn_at is None for row in rows] == [True, False, True]
    assert {(row.purpose, row.seat_id) for row in rows} == {("coaching", seat.seat_id)}


async def test_purposes_are_agreed_to_one_by_one(store: Store) -> None:
    session_id = await store.sessions.begin("room")
    for purpose, agreed in (("coaching", True), ("keeping", False)):
        await store.consents.record(
            session_id,
            "partner",
            agreed=agreed,
            version="v1",
            purpose=purpose,  # type: ignore[arg-type]
        )
    assert await store.consents.current(session_id, "partner", "coaching") == "granted"
    assert await store.consents.current(session_id, "partner", "keeping") == "declined"


async def test_hints_come_back_in_order_with_the_last_verdict(store: Store) -> None:
    session_id = await fill(store)
    second = hint(session_id, seq=2, words="more")
    await store.hints.add(second)
    for verdict in ("not_now", "used"):
        await store.hints.mark(session_id, second.hint_id, verdict)
    first, last = await store.hints.after(session_id, 0)
    assert first.sections[0]["text"] == " ".join(HINT_WORDS)
    assert (first.verdict, last.verdict) == (None, "used")
    assert [kept.seq for kept in await store.hints.after(session_id, 1)] == [2]
    with pytest.raises(IntegrityError):
        await store.hints.add(hint(session_id, seq=2))


async def test_segments_are_joined_by_turn(store: Store) -> None:
    session_id = await store.sessions.begin("room")
    for turn_id, text in (("t1", "one"), ("t2", "two"), ("t1", "more")):
        await store.turns.add(session_id, turn_id, text)
    assert await store.turns.all(session_id) == {"t1": "one more", "t2": "two"}


async def test_figures_outlive_the_text_until_someone_asks_for_their_erasing(store: Store) -> None:
    session_id = await fill(store)
    shown, sums = {"hints_shown": 3}, {"latencies": [900, 1500], "line": {"good": 2.5}}
    await store.figures.keep(session_id, {"hints_shown": 1}, sums)
    await store.figures.keep(session_id, shown, sums)
    assert await store.figures.sums(session_id) == sums
    assert await store.figures.sums("s-unknown") is None
    await store.sessions.end(session_id)
    await store.figures.keep(session_id, {"hints_shown": 4}, sums)
    assert await store.figures.of([session_id, "s-unknown"]) == {session_id: shown}
    await store.erasure.erase(session_id, "asked")
    assert await store.figures.of([session_id]) == {}
    other = await store.sessions.begin("room")
    await store.figures.keep(other, shown, sums)
    await store.figures.forget(other)
    assert await store.figures.of([other]) == {}


async def test_the_last_wish_holds(store: Store) -> None:
    session_id = await store.sessions.begin("room")
    assert await store.wishes.of(session_id) == Wish()
    wish = Wish(frozenset({"partner", "facilitator"}), "push", "lively", captions=True)
    for kept in (Wish(), wish):
        await store.wishes.keep(session_id, kept)
    assert await store.wishes.of(session_id) == wish


async def test_nothing_is_kept_of_a_session_that_does_not_exist(store: Store) -> None:
    with pytest.raises(IntegrityError):
        await store.turns.add("s-unknown", "t1", "words")


async def test_the_audit_is_a_list_of_deeds(store: Store) -> None:
    for action in ("hints_read", "erase"):
        await store.audit.note("s-1", "operator", action)
    entries = await store.audit.of("s-1")
    assert [(entry.actor, entry.action) for entry in entries] == [
        ("operator", "hints_read"),
        ("operator", "erase"),
    ]
