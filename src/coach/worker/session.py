"""One session: everything of it is made here, connected one way, and ended here."""

import json
import logging
from contextlib import AsyncExitStack
from typing import Any

from livekit import rtc
from livekit.agents import AgentSession, AutoSubscribe, JobContext, TurnHandlingOptions
from sqlalchemy.exc import SQLAlchemyError

from coach.hints.engine import Engine, EngineConfig
from coach.hints.events import Event, ListeningPaused, ListeningResumed, SegmentHeard
from coach.protocol import TOPIC_CAPTIONS
from coach.store import Store, open_store
from coach.tasks import Tasks
from coach.worker.agent import SilentCoach
from coach.worker.clock import SessionClock
from coach.worker.conductor import Conductor
from coach.worker.desk import add_controls
from coach.worker.gate import Decision
from coach.worker.hearing import Hearing
from coach.worker.microphone import PartnerMicrophone
from coach.worker.model import Model
from coach.worker.outlet import Outlet
from coach.worker.providers import language_model, recogniser
from coach.worker.room import PartnerWatch
from coach.worker.setup import Setup
from coach.worker.status import Status, StatusReporter
from coach.worker.stream import send_text

log = logging.getLogger("coach.worker")

_ENDED = (
    rtc.DisconnectReason.ROOM_DELETED,
    rtc.DisconnectReason.ROOM_CLOSED,
)


class CoachSession:
    """The coach of one room, from joining to leaving."""

    def __init__(self, setup: Setup, job: JobContext, store: Store, session_id: str) -> None:
        settings = setup.settings
        self._setup = setup
        self._job = job
        self._store = store
        self._session_id = session_id
        self.tasks = Tasks()
        self._clock = SessionClock()
        self._captions = False
        self._last_heard: int | None = None
        self._engine_says = ("listening", "")
        self._trouble: dict[str, str] = {}
        self._room = job.room
        self._stt = recogniser(settings)
        self._llm = language_model(settings)
        self._microphone = PartnerMicrophone(self.tasks)
        self.watch = PartnerWatch(
            job.room, settings.partner_id, self._microphone, self.tasks, self._decided
        )
        self._status = StatusReporter(job.room, settings.facilitator_id, self._read_status)
        self._outlet = Outlet(
            job.room, settings.facilitator_id, store, session_id, self._clock, self._saved
        )
        engine = Engine(EngineConfig(), setup.prompt, session_id)
        self.conductor = Conductor(engine, self._outlet, self._clock, self._engine_reports)
        self.conductor.connect(
            Model(self._llm, self.conductor.post, self._part_trouble("llm"), self.tasks)
        )
        self._hearing = Hearing(
            setup.detector,
            self._stt,
            self._heard,
            self._part_trouble("stt"),
            self._clock,
            self.tasks,
        )
        self._session: AgentSession[None] = AgentSession(
            stt=self._stt,
            vad=None,
            llm=self._llm,
            turn_handling=TurnHandlingOptions(
                turn_detection="manual",
                preemptive_generation={"enabled": False},
            ),
            user_away_timeout=None,
            aec_warmup_duration=None,
        )
        self._session.input.audio = self._microphone

    async def start(self) -> None:
        """Join with nothing subscribed, then listen as far as the partner allows."""
        self.watch.start()
        self._room.on("participant_connected", self._status_changed)
        await self._job.connect(auto_subscribe=AutoSubscribe.SUBSCRIBE_NONE)
        log.info(f"Joined room: {self._room.name}")  # noqa: G004 (operators wait for it)
        add_controls(self)
        self.tasks.start(self._outlet.run(), "outlet")
        await self._session.start(SilentCoach(self._hearing), record=False)
        self.watch.refresh()
        self.tasks.start(self._status.run(), "status")

    async def aclose(self) -> None:
        """Leave nothing running."""
        self.conductor.close()
        self._microphone.close()
        await self._session.aclose()
        await self.tasks.aclose()
        await self._stt.aclose()
        await self._llm.aclose()

    async def ended(self) -> None:
        """The room is gone: the session ends, and its text with it."""
        try:
            await self._store.sessions.end(self._session_id)
        except SQLAlchemyError as failure:
            log.error("Session not ended in the store", extra={"error": type(failure).__name__})
        else:
            log.info("Session ended, its text erased", extra={"session": self._session_id})

    @property
    def room(self) -> rtc.Room:
        """The room, for the controls."""
        return self._room

    @property
    def people(self) -> tuple[str, str]:
        """Partner's and facilitator's identities."""
        return self._setup.settings.partner_id, self._setup.settings.facilitator_id

    @property
    def store(self) -> Store:
        """Where verdicts on hints are kept."""
        return self._store

    def set_captions(self, *, on: bool) -> None:
        """Send the partner's words to the facilitator as they are heard, or stop."""
        self._captions = on
        self._status.changed()

    def _decided(self, decision: Decision) -> None:
        if decision.hear:
            if decision.reason == "partner_muted":
                self._hearing.flush()
            self.conductor.post(ListeningResumed())
        else:
            self._hearing.discard()
            self.conductor.post(ListeningPaused())
        self._status.changed()

    def _heard(self, event: Event) -> None:
        if isinstance(event, SegmentHeard) and event.segment.text:
            self._last_heard = self._clock.epoch_ms(event.segment.ended)
            if self._captions:
                self.tasks.start(self._caption(event), "caption")
        self.conductor.post(event)

    async def _caption(self, event: SegmentHeard) -> None:
        segment = event.segment
        body = {
            "segment": segment.id,
            "text": segment.text,
            "at": self._clock.epoch_ms(segment.ended),
        }
        text = json.dumps(body, ensure_ascii=False)
        await send_text(self._room, self.people[1], TOPIC_CAPTIONS, text)

    def _part_trouble(self, part: str) -> Any:
        def told(reason: str) -> None:
            if self._trouble.get(part, "") != reason:
                self._trouble[part] = reason
                self._status.changed()

        return told

    def _engine_reports(self, state: str, reason: str) -> None:
        self._engine_says = (state, reason)
        self._status.changed()

    def _saved(self, saved: bool) -> None:
        self._part_trouble("store")("" if saved else "not_saved")

    def _status_changed(self, *_: object) -> None:
        self._status.changed()

    def _read_status(self) -> Status:
        decision, facts = self.watch.decision, self.watch.facts
        state, reason = decision.state, decision.reason
        trouble = self._trouble.get("stt") or self._trouble.get("llm") or ""
        if decision.hear and trouble:
            state, reason = "degraded", trouble
        elif decision.hear and not reason:
            state, reason = self._engine_says
            reason = reason or self._trouble.get("store", "")
        return Status(
            state=state,
            reason=reason,
            last_heard_at=self._last_heard,
            last_seq=self.conductor.last_seq,
            session=self._session_id,
            pace=self.conductor.pace,
            listening=facts.listening,
            captions=self._captions,
            mode="rehearsal" if self._setup.rehearsal else "live",
        )


async def run_session(setup: Setup, job: JobContext) -> None:
    """The job's entry point: returns once the coach is at work; `end_session` ends it."""
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(setup.settings.coach_home))
        session_id = await _session_id(job, store)
        session = CoachSession(setup, job, store, session_id)
        stack.push_async_callback(session.aclose)
        ended: list[bool] = []
        job.room.on("disconnected", lambda reason: ended.append(reason in _ENDED))
        await session.start()

        async def close(_reason: str) -> None:
            if any(ended):
                await session.ended()
            await closing.aclose()

        closing = stack.pop_all()
        job.add_shutdown_callback(close)


async def _session_id(job: JobContext, store: Store) -> str:
    """The session that the dispatch names; a dispatch by other hands gets the room's own."""
    try:
        named = json.loads(job.job.metadata or "{}").get("session", "")
    except (ValueError, AttributeError):
        named = ""
    if isinstance(named, str) and named:
        return named
    room = job.job.room.name
    return await store.sessions.running(room) or await store.sessions.begin(room)
