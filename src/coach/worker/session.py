"""One session: everything of it is made here, connected one way, and ended here."""

import asyncio
import contextlib
import functools
import logging
import sys
import time

from livekit.agents import AgentSession, AutoSubscribe, JobContext, TurnHandlingOptions
from livekit.agents.voice.agent_session import SessionConnectOptions

from coach.dispatching import Dispatcher
from coach.hints.config import EngineConfig
from coach.hints.engine import Engine
from coach.hints.events import Event, ListeningPaused, ListeningResumed, NoteSegment, SegmentHeard
from coach.notices import send_notice
from coach.store import Store, Wish
from coach.tasks import Tasks
from coach.worker.agent import SilentCoach
from coach.worker.captions import Captions
from coach.worker.clock import SessionClock
from coach.worker.conductor import Conductor
from coach.worker.desk import Desk, add_controls
from coach.worker.fence import Fence
from coach.worker.gate import Decision
from coach.worker.handover import Handover
from coach.worker.hearing import Hearing
from coach.worker.ledger import Ledger
from coach.worker.limits import Budget
from coach.worker.memory import Memory, Past
from coach.worker.microphone import PartnerMicrophone
from coach.worker.model import Model
from coach.worker.notes import NoteWriter
from coach.worker.observer import Observer
from coach.worker.outlet import Outlet
from coach.worker.providers import language_services, speech_services
from coach.worker.recogniser import Recogniser
from coach.worker.room import PartnerWatch
from coach.worker.setup import Setup
from coach.worker.standing import Standing
from coach.worker.status import Status, StatusReporter
from coach.worker.timekeeper import Timekeeper
from coach.worker.traces import TurnTraces
from coach.worker.whisper import Whisper

log = logging.getLogger("coach.worker")

HEAR_OUT_SECONDS = 3.0
KEEP_SEGMENT = "keep-segment"


class CoachSession:
    """The coach of one room, from joining to leaving."""

    def __init__(
        self,
        setup: Setup,
        job: JobContext,
        store: Store,
        session_id: str,
        past: Past,
    ) -> None:
        settings, self._room, self._job = setup.settings, job.room, job
        self._setup, self._session_id = setup, session_id
        self._tasks = Tasks()
        self._clock = SessionClock()
        age = self._clock.age(job.job.room.creation_time)
        self._observer = Observer(setup.metrics, self._clock, age, past.sums)
        self._traces = TurnTraces(setup.tracer, self._clock, session_id)
        self._status = StatusReporter(self._room, settings.facilitator_id, self._read_status)
        self._standing = Standing(self._status.changed, setup.draining.is_set)
        spent_seconds = max(0.0, time.time() - job.job.room.creation_time)
        self._budget = Budget(setup.limits(), spent_seconds, past.sums.cost)
        self._fence = Fence(job, functools.partial(job.shutdown, "replaced"))
        self.memory = Memory(store, session_id, self._saved)
        self.ledger = Ledger(self._observer, self._budget, self.memory, settings.partner_id)
        self._make_hearing(past.wish)
        config = _engine_config(setup, past.wish)
        self._make_writing(Engine(config, setup.prompt, session_id, past.resume))
        self._notes = NoteWriter(
            self._writers[0].client, store, session_id, settings.language_of_hints()
        )
        dispatcher = Dispatcher(job.api, store.dispatches)
        self._handover = Handover(
            dispatcher, job.job.room.name, session_id, lambda: self._conductor.at_rest
        )

    def _make_hearing(self, wish: Wish) -> None:
        settings = self._setup.settings
        self._ears = speech_services(settings)
        self._microphone = PartnerMicrophone(self._tasks)
        self._watch = PartnerWatch(
            self._room,
            settings.partner_id,
            settings.facilitator_id,
            self._microphone,
            self._tasks,
            self._decided,
        )
        self._watch.restore(wish.paused_by, wish.listening)
        self._captions = Captions(self._room, settings.facilitator_id, self._clock, self._tasks)
        self._captions.on = wish.captions
        self._hearing = Hearing(
            Recogniser(self._ears, functools.partial(self._troubled, "stt"), self._budget),
            self._heard,
            self._clock,
            self._tasks,
        )
        self._session: AgentSession[None] = _ear(self._ears[0].client)
        self._session.input.audio = self._microphone

    def _make_writing(self, engine: Engine) -> None:
        settings = self._setup.settings
        self._writers = language_services(settings)
        self._outlet = Outlet(
            self._room, settings.facilitator_id, self.memory, self._session_id, self._clock
        )
        self._conductor = Conductor(
            engine,
            self._outlet,
            self._clock,
            self._standing.engine_reports,
            self._noted,
            self._observer,
            self._traces,
        )
        self._conductor.connect(
            Model(
                self._writers,
                self._conductor.post,
                functools.partial(self._troubled, "llm"),
                self._budget,
                self._tasks,
            )
        )

    async def start(self) -> None:
        """Join with nothing subscribed, then listen as far as the partner allows."""
        self._watch.start()
        await self._job.connect(auto_subscribe=AutoSubscribe.SUBSCRIBE_NONE)
        log.info(f"Joined room: {self._room.name}")  # noqa: G004 (operators wait for it)
        settings = self._setup.settings
        desk = Desk(
            self._watch, self._conductor, self.memory, self._captions, self._notes, self.ledger
        )
        add_controls(self._room, settings.partner_id, settings.facilitator_id, desk)
        self._tasks.start(self._outlet.run(), "outlet")
        await self._session.start(SilentCoach(self._hearing), record=False)
        self._watch.refresh()
        self._room.on("reconnected", self._fence.doubt)
        self._room.on("connection_quality_changed", self.ledger.quality_changed)
        self._room.on("participant_disconnected", self.ledger.left)
        self._room.on("participant_active", lambda _: self._status.again())
        self._tasks.start(self._watch.keep_subscribed(), "keep-subscribed")
        self._tasks.start(self._status.run(), "status")
        self._tasks.start(self._fence.watch(), "fence")
        self._tasks.start(self.ledger.run(), "ledger")
        keeper = Timekeeper(self._budget, self._clock, self._watch.end, self._warn)
        self._tasks.start(keeper.run(), "limits")
        self._tasks.start(self._handover.run(self._setup.draining.is_set), "handover")

    async def hear_out(self) -> None:
        """Put what is just being said into the transcript, for the coach that follows; no hint
        comes of it. Takes three seconds at most.
        """
        self._conductor.post(ListeningPaused())
        self._hearing.close(finish=True)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(HEAR_OUT_SECONDS):
                await self._hearing.heard_out()
                await self._tasks.finish(KEEP_SEGMENT)

    async def aclose(self) -> None:
        """Leave nothing running."""
        self._conductor.close()
        self._traces.close()
        await self._microphone.aclose()
        await self._session.aclose()
        await self._tasks.aclose()
        for ear in self._ears:
            await ear.client.aclose()
        for writer in self._writers:
            await writer.client.aclose()

    async def _warn(self, text: str) -> None:
        """A notice to both people, while the coach may listen at all."""
        if self._standing.facts.consent == "granted":
            settings = self._setup.settings
            people = (settings.partner_id, settings.facilitator_id)
            await send_notice(self._job.api, self._room.name, text, people)

    def standing(self) -> tuple[str, str]:
        """The state of the status contract, and the partner's consent."""
        return self._standing.says()[0], self._standing.facts.consent

    def _decided(self, decision: Decision) -> None:
        self._observer.listening(decision.hear and not decision.reason)
        if decision.hear:
            self._hearing.open()
            self._conductor.post(ListeningResumed())
            if decision.reason:
                self._hearing.flush()
        else:
            self._stop_hearing(decision)
        self.ledger.consent_is(self._watch.facts.consent)
        self._standing.decided(self._watch.facts, decision)

    def _stop_hearing(self, decision: Decision) -> None:
        """A pause forgets the words in the partner's mouth, a withdrawn consent also those that
        are not yet heard; a released key or a partner who left ends them like a mute.
        """
        if decision.state == "stopped":
            self._hearing.forget()
        else:
            ended = decision.hints or decision.state == "waiting_for_partner"
            self._hearing.close(finish=ended)
        if not decision.hints:
            self._conductor.post(ListeningPaused())

    def _heard(self, event: Event) -> None:
        if isinstance(event, SegmentHeard) and event.segment.text:
            self._standing.last_heard_at = self._clock.epoch_ms(event.segment.ended)
            self._captions.heard(event.segment)
        self._conductor.post(event)

    def _noted(self, note: NoteSegment) -> None:
        self._tasks.start(self.memory.keep_segment(note), KEEP_SEGMENT)

    def _troubled(self, part: str, reason: str) -> None:
        self._observer.trouble(part, reason)
        self._standing.trouble(part, reason)

    def _saved(self, saved: bool) -> None:
        self._standing.trouble("store", "" if saved else "not_saved")

    def _read_status(self) -> Status:
        state, reason = self._standing.says()
        return Status(
            state=state,
            reason=reason,
            last_heard_at=self._standing.last_heard_at,
            last_seq=self._conductor.last_seq,
            session=self._session_id,
            pace=self._conductor.pace,
            listening=self._standing.facts.listening,
            captions=self._captions.on,
            mode="rehearsal" if self._setup.rehearsal else "live",
        )


def _ear(stt: Whisper) -> AgentSession[None]:
    """An AgentSession that hears and never takes a turn: turns belong to the hint engine. It
    would close, and leave the coach deaf, after a few failures of the speech service.
    """
    return AgentSession(
        stt=stt,
        vad=None,
        conn_options=SessionConnectOptions(max_unrecoverable_errors=sys.maxsize),
        turn_handling=TurnHandlingOptions(
            turn_detection="manual", preemptive_generation={"enabled": False}
        ),
        user_away_timeout=None,
        aec_warmup_duration=None,
    )


def _engine_config(setup: Setup, wish: Wish) -> EngineConfig:
    settings = setup.settings
    return EngineConfig(
        pause_s=settings.coach_pause_seconds,
        pace=wish.pace,
        language=settings.language_of_hints(),
    )
