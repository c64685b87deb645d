"""What each remote control does."""

import uuid
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from coach.hints.events import FeedbackGiven, HintNowAsked, PaceChosen, TestHintAsked
from coach.worker.controls import (
    CaptionsRequest,
    Controls,
    Empty,
    FeedbackRequest,
    ListenRequest,
    PaceRequest,
    Reply,
)
from coach.worker.gate import FACILITATOR, PARTNER

if TYPE_CHECKING:
    from coach.worker.session import CoachSession


def add_controls(session: "CoachSession") -> None:
    """Register every control of this session on the agent."""
    partner, facilitator = session.people
    desk = _Desk(session, {partner: PARTNER, facilitator: FACILITATOR})
    controls = Controls(session.room)
    both, one = frozenset({partner, facilitator}), frozenset({facilitator})
    controls.add("coach.pause", both, Empty, desk.pause)
    controls.add("coach.resume", both, Empty, desk.resume)
    controls.add("coach.hint_now", one, Empty, desk.hint_now)
    controls.add("coach.test_hint", one, Empty, desk.test_hint)
    controls.add("coach.pace", one, PaceRequest, desk.pace)
    controls.add("coach.feedback", one, FeedbackRequest, desk.feedback)
    controls.add("coach.listen", one, ListenRequest, desk.listen)
    controls.add("coach.captions", one, CaptionsRequest, desk.captions)


class _Desk:
    def __init__(self, session: "CoachSession", roles: dict[str, str]) -> None:
        self._session = session
        self._roles = roles

    async def pause(self, caller: str, _request: Empty) -> Reply:
        self._session.watch.pause(self._roles[caller])
        return self._paused_by()

    async def resume(self, caller: str, _request: Empty) -> Reply:
        self._session.watch.resume(self._roles[caller])
        return self._paused_by()

    async def hint_now(self, _caller: str, _request: Empty) -> Reply:
        decision = self._session.watch.decision
        if not decision.hear:
            return {"seq": None, "reason": decision.reason or decision.state}
        answer = await self._session.conductor.ask(HintNowAsked(uuid.uuid4().hex))
        return {"seq": answer.seq, "reason": answer.reason}

    async def test_hint(self, _caller: str, _request: Empty) -> Reply:
        answer = await self._session.conductor.ask(TestHintAsked(uuid.uuid4().hex))
        return {"seq": answer.seq, "reason": answer.reason}

    async def pace(self, _caller: str, request: PaceRequest) -> Reply:
        self._session.conductor.post(PaceChosen(request.pace))
        return {"pace": self._session.conductor.pace}

    async def feedback(self, _caller: str, request: FeedbackRequest) -> Reply:
        self._session.conductor.post(FeedbackGiven(request.hint_id, request.verdict))
        try:
            await self._session.store.hints.mark(request.hint_id, request.verdict)
        except SQLAlchemyError:
            return {"pace": self._session.conductor.pace, "saved": False}
        return {"pace": self._session.conductor.pace}

    async def listen(self, _caller: str, request: ListenRequest) -> Reply:
        facts = self._session.watch.facts
        mode = request.mode or facts.listening
        held = facts.held if request.held is None else request.held
        self._session.watch.listen(mode, held=held and mode == "push")
        return {"listening": mode}

    async def captions(self, _caller: str, request: CaptionsRequest) -> Reply:
        self._session.set_captions(on=request.on)
        return {"on": request.on}

    def _paused_by(self) -> Reply:
        return {"paused_by": sorted(self._session.watch.facts.paused_by)}
