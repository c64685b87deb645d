"""What each remote control does."""

import uuid
from dataclasses import asdict

from livekit import rtc

from coach.hints.events import FeedbackGiven, HintNowAsked, PaceChosen, TestHintAsked
from coach.store import Wish
from coach.worker.captions import Captions
from coach.worker.conductor import Conductor
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
from coach.worker.ledger import Ledger
from coach.worker.memory import Memory
from coach.worker.notes import NoteWriter
from coach.worker.room import PartnerWatch


class Desk:
    """The controls of one session; each is given the caller's role."""

    def __init__(
        self,
        watch: PartnerWatch,
        conductor: Conductor,
        memory: Memory,
        captions: Captions,
        notes: NoteWriter,
        ledger: Ledger,
    ) -> None:
        self._watch = watch
        self._conductor = conductor
        self._memory = memory
        self._captions = captions
        self._notes = notes
        self._ledger = ledger

    async def pause(self, role: str, _request: Empty) -> Reply:
        """Stop hearing until the same person resumes."""
        self._watch.pause(role)
        await self._keep_wish()
        return self._paused_by()

    async def resume(self, role: str, _request: Empty) -> Reply:
        """Lift the caller's own pause."""
        self._watch.resume(role)
        await self._keep_wish()
        return self._paused_by()

    async def hint_now(self, _role: str, _request: Empty) -> Reply:
        """A hint whatever the pace, or the reason that there is none."""
        decision = self._watch.decision
        if not decision.hints:
            return {"seq": None, "reason": decision.reason or decision.state}
        return await self._card(HintNowAsked(uuid.uuid4().hex))

    async def sample(self, _role: str, _request: Empty) -> Reply:
        """A card that is labelled as a test, through the real channel."""
        return await self._card(TestHintAsked(uuid.uuid4().hex))

    async def pace(self, _role: str, request: PaceRequest) -> Reply:
        """How often hints may come."""
        self._conductor.post(PaceChosen(request.pace))
        await self._keep_wish()
        return {"pace": self._conductor.pace}

    async def feedback(self, _role: str, request: FeedbackRequest) -> Reply:
        """Used, not now, or fewer; the pace follows."""
        self._conductor.post(FeedbackGiven(request.hint_id, request.verdict))
        await self._memory.mark(request.hint_id, request.verdict)
        return {"pace": self._conductor.pace}

    async def listen(self, _role: str, request: ListenRequest) -> Reply:
        """Continuous, or only while the key is held."""
        facts = self._watch.facts
        mode = request.mode or facts.listening
        held = facts.held if request.held is None else request.held
        self._watch.listen(mode, held=held and mode == "push")
        if request.mode:
            await self._keep_wish()
        return {"listening": mode}

    async def captions(self, _role: str, request: CaptionsRequest) -> Reply:
        """The partner's words on the facilitator's screen, on or off."""
        self._captions.on = request.on
        await self._keep_wish()
        return {"on": request.on}

    async def summary(self, _role: str, _request: Empty) -> Reply:
        """A note on the session so far, unless the partner has withdrawn the consent."""
        if self._refused():
            return {"items": {}, "reason": self._watch.decision.reason}
        written, reason = await self._notes.write()
        if not reason:
            await self._memory.keep_note(written.items)
        return {"items": written.items, "reason": reason}

    async def figures(self, _role: str, _request: Empty) -> Reply:
        """Times and counts of the session so far, unless the partner has withdrawn the consent."""
        if self._refused():
            return {"figures": None, "reason": self._watch.decision.reason}
        figures = await self._ledger.read()
        if figures is None:
            return {"figures": None, "reason": "not_saved"}
        return {"figures": asdict(figures), "reason": ""}

    def _refused(self) -> bool:
        """A limit, too, stops the coach, but is nobody's refusal."""
        return self._watch.facts.consent in ("declined", "withdrawn")

    async def _card(self, request: HintNowAsked | TestHintAsked) -> Reply:
        answer = await self._conductor.ask(request)
        return {"seq": answer.seq, "reason": answer.reason}

    async def _keep_wish(self) -> None:
        facts = self._watch.facts
        pace, captions = self._conductor.pace, self._captions.on
        await self._memory.keep_wish(Wish(facts.paused_by, facts.listening, pace, captions))

    def _paused_by(self) -> Reply:
        return {"paused_by": sorted(self._watch.facts.paused_by)}


def add_controls(room: rtc.Room, partner: str, facilitator: str, desk: Desk) -> None:
    """Register every control on the agent, for the two people or the facilitator alone."""
    controls = Controls(room)
    both = {partner: PARTNER, facilitator: FACILITATOR}
    one = {facilitator: FACILITATOR}
    controls.add("coach.pause", both, Empty, desk.pause)
    controls.add("coach.resume", both, Empty, desk.resume)
    controls.add("coach.hint_now", one, Empty, desk.hint_now)
    controls.add("coach.test_hint", one, Empty, desk.sample)
    controls.add("coach.pace", one, PaceRequest, desk.pace)
    controls.add("coach.feedback", one, FeedbackRequest, desk.feedback)
    controls.add("coach.listen", one, ListenRequest, desk.listen)
    controls.add("coach.summary", one, Empty, desk.summary)
    controls.add("coach.figures", one, Empty, desk.figures)
    controls.add("coach.captions", one, CaptionsRequest, desk.captions)
