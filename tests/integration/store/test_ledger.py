"""A session's figures in the store: kept while the partner agrees, taken up by the next coach."""

from unittest.mock import Mock

import pytest
from livekit import rtc

from coach.hints.events import SpeechStarted, SpeechStopped
from coach.metrics import WorkerMetrics
from coach.store import Store
from coach.worker.clock import SessionClock
from coach.worker.ledger import Ledger
from coach.worker.limits import Budget, Limits
from coach.worker.memory import Memory, recall
from coach.worker.observer import Observer

pytestmark = pytest.mark.integration

LIMITS = Limits(60.0, 1, 1.0, minute_price=0.6, input_price=0.0, output_price=0.0)
GOOD, POOR = rtc.ConnectionQuality.QUALITY_GOOD, rtc.ConnectionQuality.QUALITY_POOR


class Clock(SessionClock):
    """Stands still until it is set."""

    moment = 0.0

    def now(self) -> float:
        return self.moment


class Coach:
    """One coach of a session, with no room."""

    def __init__(
        self, store: Store, session_id: str, observer: Observer, cost: float = 0.0
    ) -> None:
        self.observer = observer
        self.budget = Budget(LIMITS, cost=cost)
        memory = Memory(store, session_id, lambda _saved: None)
        self.ledger = Ledger(observer, self.budget, memory, "partner")
        self.ledger.consent_is("granted")

    def person(self, identity: str, quality: rtc.ConnectionQuality) -> None:
        self.ledger.quality_changed(Mock(identity=identity), quality)


async def spoken(store: Store, clock: Clock) -> tuple[str, Coach]:
    """Twenty seconds of a session, half of them spoken."""
    session_id = await store.sessions.begin("room")
    coach = Coach(store, session_id, Observer(WorkerMetrics(), clock, 0.0))
    coach.observer.listening(on=True)
    coach.person("partner", GOOD)
    coach.person("facilitator", POOR)
    coach.observer.happened(SpeechStarted())
    clock.moment = 10.0
    coach.observer.happened(SpeechStopped(10.0))
    clock.moment = 20.0
    await coach.ledger.keep()
    return session_id, coach


async def test_figures_are_kept_and_the_next_coach_goes_on_from_them(store: Store) -> None:
    clock = Clock()
    session_id, _ = await spoken(store, clock)
    kept = (await store.figures.of([session_id]))[session_id]
    assert (kept["duration_s"], kept["listened_s"], kept["talk_share"]) == (20, 20, 0.5)
    assert kept["line"] == {"good": 1.0}
    past = await recall(store, session_id)
    later = Coach(store, session_id, Observer(WorkerMetrics(), clock, 20.0, past.sums))
    later.observer.listening(on=True)
    clock.moment = 40.0
    await later.ledger.keep()
    kept = (await store.figures.of([session_id]))[session_id]
    assert (kept["duration_s"], kept["listened_s"], kept["talk_share"]) == (40, 40, 0.25)


async def test_a_partner_who_stops_the_coach_leaves_no_figures(store: Store) -> None:
    clock = Clock()
    session_id, coach = await spoken(store, clock)
    for consent in ("withdrawn", ""):
        coach.ledger.consent_is(consent)
        await coach.ledger.keep()
        assert await store.figures.of([session_id]) == {}
    coach.ledger.consent_is("granted")
    await coach.ledger.keep()
    assert await store.figures.of([session_id]) == {}
    coach.observer.listening(on=True)
    clock.moment = 25.0
    await coach.ledger.keep()
    kept = (await store.figures.of([session_id]))[session_id]
    assert (kept["listened_s"], kept["talk_share"]) == (5, 0.0)


async def test_what_a_session_has_cost_counts_under_its_next_coach(store: Store) -> None:
    clock = Clock()
    session_id, coach = await spoken(store, clock)
    coach.budget.heard(70.0)
    await coach.ledger.keep()
    past = await recall(store, session_id)
    observer = Observer(WorkerMetrics(), clock, 20.0, past.sums)
    later = Coach(store, session_id, observer, past.sums.cost)
    assert later.budget.used_up(0.0) == ""
    later.budget.heard(30.0)
    assert later.budget.used_up(0.0) == "cost_limit"
