"""Drives the hint engine: events in, actions carried out, time told when the engine asks."""

import asyncio
import logging
from collections.abc import Callable

from coach.hints.engine import Engine
from coach.hints.events import (
    Action,
    AnswerHintNow,
    CancelDraft,
    CloseHint,
    CutHint,
    DropHint,
    Event,
    HintNowAsked,
    NoteRepair,
    NoteSegment,
    OpenHint,
    Pace,
    ReportStatus,
    ShowSection,
    StartDraft,
    TestHintAsked,
    Tick,
)
from coach.worker.clock import SessionClock
from coach.worker.model import Model
from coach.worker.observer import Observer
from coach.worker.outlet import Outlet
from coach.worker.traces import TurnTraces

log = logging.getLogger("coach.worker")


class Conductor:
    """One per session. `report` is told the engine's state and reason on change, `note` every
    segment that has its place in the transcript.
    """

    def __init__(
        self,
        engine: Engine,
        outlet: Outlet,
        clock: SessionClock,
        report: Callable[[str, str], None],
        note: Callable[[NoteSegment], None],
        observer: Observer,
        traces: TurnTraces,
    ) -> None:
        self._engine = engine
        self._outlet = outlet
        self._clock = clock
        self._report = report
        self._note = note
        self._observer = observer
        self._traces = traces
        self._model: Model | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._asked: dict[str, asyncio.Future[AnswerHintNow]] = {}

    def connect(self, model: Model) -> None:
        """Where drafts are written; before the first event."""
        self._model = model

    def post(self, event: Event) -> None:
        """Let the engine know, and do what it says."""
        self._observer.happened(event)
        self._traces.happened(event)
        for action in self._engine.handle(event, self._clock.now()):
            self._observer.done(action)
            self._traces.done(action)
            self._perform(action)
        self._arm()

    async def ask(self, request: HintNowAsked | TestHintAsked) -> AnswerHintNow:
        """Ask for a card whatever the pace, and wait for the answer that always comes."""
        answer: asyncio.Future[AnswerHintNow] = asyncio.get_running_loop().create_future()
        self._asked[request.request_id] = answer
        self.post(request)
        try:
            return await answer
        finally:
            self._asked.pop(request.request_id, None)

    @property
    def last_seq(self) -> int:
        """The sequence number of the last hint; 0 before the first."""
        return self._engine.last_seq

    @property
    def pace(self) -> Pace:
        """The pace that holds now."""
        return self._engine.pace

    @property
    def at_rest(self) -> bool:
        """Whether nothing is being said, heard or written, and no hint is due."""
        return self._engine.at_rest

    def close(self) -> None:
        """No more ticks."""
        if self._timer:
            self._timer.cancel()

    def _perform(self, action: Action) -> None:
        match action:
            case StartDraft() | CancelDraft():
                self._ask(action)
            case OpenHint() | ShowSection() | CloseHint() | CutHint():
                self._outlet.take(action)
            case NoteSegment():
                self._note(action)
            case NoteRepair():
                log.info("Hint repaired", extra={"rule": action.rule})
            case DropHint():
                log.info("Hint dropped", extra={"rule": action.rule})
            case AnswerHintNow():
                self._answer(action)
            case ReportStatus():
                self._report(action.state, action.reason)

    def _ask(self, action: StartDraft | CancelDraft) -> None:
        if self._model is None:
            raise RuntimeError("no model is connected")
        if isinstance(action, StartDraft):
            self._model.start(action)
        else:
            self._model.cancel(action.draft_id)

    def _answer(self, action: AnswerHintNow) -> None:
        answer = self._asked.get(action.request_id)
        if answer and not answer.done():
            answer.set_result(action)

    def _arm(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if (deadline := self._engine.deadline()) is None:
            return
        delay = max(0.0, deadline - self._clock.now())
        self._timer = asyncio.get_running_loop().call_later(delay, self.post, Tick())
