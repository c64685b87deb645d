"""The hint engine: events and the time go in, actions come out."""

from coach.hints.config import EngineConfig, Resume
from coach.hints.context import Context
from coach.hints.desk import Desk
from coach.hints.events import (
    Action,
    AnswerHintNow,
    DraftDelta,
    DraftEnded,
    DraftFailed,
    Event,
    FeedbackGiven,
    HintNowAsked,
    ListeningPaused,
    ListeningResumed,
    OpenHint,
    Pace,
    PaceChosen,
    ReportStatus,
    SpeechStarted,
    TestHintAsked,
)
from coach.hints.hearing import Hearing
from coach.hints.pacing import Pacing
from coach.hints.prompts import Prompt
from coach.hints.safety import Risk
from coach.hints.turns import Turn

_LEAD_S = 1.5
# What a turn was settled with, as the status says it.
_REASONS = {
    "hinted": "",
    "safety": "",
    "paused": "",
    "back_channel": "small_talk",
    "too_little": "nothing_to_add",
    "tears": "long_silence",
    "asked_for_quiet": "long_silence",
}


class Engine:
    """Decides when to ask the model and what of its answer reaches the screen.

    It does no I/O and has no clock: the caller hands in every event with the session's time in
    seconds, performs the actions in order, and sends a Tick when `deadline()` has come.
    """

    def __init__(
        self, config: EngineConfig, prompt: Prompt, session: str, resume: Resume | None = None
    ) -> None:
        resume = resume or Resume()
        context = Context.restored(resume)
        last_turn = max((turn.number for turn in resume.turns), default=0)
        self._config = config
        self._context = context
        self._hearing = Hearing(config, session, context, last_turn)
        self._turns = self._hearing.turns
        self._desk = Desk(config, prompt, session, context, resume)
        self._pacing = Pacing(config.pace)
        self._paused = False
        self._risks: list[tuple[Risk, float]] = []
        self._why = ""
        self._status: ReportStatus | None = None
        self._now = 0.0

    @property
    def last_seq(self) -> int:
        """The number of the session's last card, 0 before the first."""
        return self._desk.seq

    @property
    def pace(self) -> Pace:
        """The pace in force."""
        return self._pacing.pace

    @property
    def at_rest(self) -> bool:
        """Whether nothing is being said, heard or written, and no hint is due."""
        turn, turns = self._turns.last, self._turns
        busy = turns.speaking or turns.waiting or self._desk.draft is not None
        return not busy and (turn is None or bool(turn.settled))

    def handle(self, event: Event, now: float) -> list[Action]:
        """Take in what happened at `now` seconds and say what is to be done."""
        self._now = now
        actions = self._take(event, now)
        if not self._paused:
            actions += self._expire(now) + self._consider(now) + self._show(now)
        for action in actions:
            if isinstance(action, OpenHint) and action.card != "test":
                self._pacing.shown(now, budgeted=action.card == "hint")
        return actions + self._report(now)

    def deadline(self) -> float | None:
        """When a Tick is wanted, in the session's seconds; None while only events matter."""
        return min((moment for moment in self._moments() if moment > self._now), default=None)

    # --- what happened ---

    def _take(self, event: Event, now: float) -> list[Action]:
        match event:
            case ListeningPaused():
                return self._pause()
            case ListeningResumed():
                return self._resume(now)
            case PaceChosen(pace):
                self._pacing.choose(pace)
            case FeedbackGiven(_, verdict):
                self._pacing.mark(verdict, now)
            case HintNowAsked(request_id):
                return self._asked(request_id, now)
            case TestHintAsked(request_id):
                return self._desk.test(request_id, now)
            case DraftDelta() | DraftEnded() | DraftFailed():
                return self._written(event, now)
            case _ if self._paused:
                return self._overheard(event, now)
            case _:
                return self._heard(event, now)
        return []

    def _heard(self, event: Event, now: float) -> list[Action]:
        actions: list[Action] = []
        if isinstance(event, SpeechStarted):
            self._why = ""
            actions += self._supersede()
        heard = self._hearing.take(event, now)
        if any(not note.doubt for note in heard.notes):
            actions += self._supersede()
        return actions + list(heard.notes) + self._alarm(heard.risks, now)

    def _overheard(self, event: Event, now: float) -> list[Action]:
        """Words from before the pause find their place; a risk in them waits for its end."""
        heard = self._hearing.take(event, now)
        self._risks += heard.risks
        if self._turns.last:
            self._hearing.conclude(self._turns.last, "paused")
        return list(heard.notes)

    def _alarm(self, risks: list[tuple[Risk, float]], now: float) -> list[Action]:
        actions: list[Action] = []
        for risk, ended in risks:
            turn = self._turns.last
            turn_id = self._hearing.turn_id(turn) if turn else ""
            if turn and not turn.settled:
                self._hearing.conclude(turn, "safety")
            if self._desk.draft and self._desk.draft.held:
                actions += self._desk.discard("safety")
            actions += self._desk.raise_risk(risk, turn_id, ended, now)
        return actions

    def _written(self, event: DraftDelta | DraftEnded | DraftFailed, now: float) -> list[Action]:
        draft = self._desk.has(event.draft_id)
        if draft is None:
            return []
        match event:
            case DraftDelta(_, text):
                draft.take(text, now)
            case DraftEnded():
                draft.end()
            case DraftFailed(_, reason):
                draft.end()
                return [] if draft.card else self._drop(draft.turn, reason)
        return []

    def _pause(self) -> list[Action]:
        self._paused = True
        self._turns.speaking = False
        if self._turns.last:
            self._hearing.conclude(self._turns.last, "paused")
        return self._desk.discard("paused")

    def _resume(self, now: float) -> list[Action]:
        self._paused, self._why = False, ""
        risks, self._risks = self._risks, []
        return self._alarm(risks, now)

    def _asked(self, request_id: str, now: float) -> list[Action]:
        turn = self._turns.last
        if self._paused:
            return [AnswerHintNow(request_id, None, "paused")]
        if self._desk.draft:
            return self._desk.request(request_id, now)
        if turn is None or (not turn.whole and self._context.empty()):
            return [AnswerHintNow(request_id, None, "nothing_heard")]
        return self._desk.ask(turn, now, request_id)

    # --- what follows from it ---

    def _consider(self, now: float) -> list[Action]:
        """Start a draft when the last turn deserves a hint and one could be shown in time."""
        turn = self._turns.last
        if self._desk.draft or turn is None or turn.settled or not self._turns.quiet():
            return []
        last_moment = turn.said_until + self._config.late_s
        held = now >= self._hearing.ready_at(turn)
        if now >= last_moment:
            return self._settle(turn, "late")
        if not turn.whole:
            return self._settle(turn, "unclear_speech") if held else []
        judgement = self._hearing.judgement(turn)
        if judgement.reason:
            may_go_on = judgement.reason == "too_little" and judgement.unfinished
            return self._settle(turn, judgement.reason) if held and not may_go_on else []
        if self._pacing.next_at(now) > max(now, turn.said_until + self._config.hold_s):
            return self._settle(turn, "held_by_pace") if held else []
        return self._desk.ask(turn, now) if now >= self._start_at(turn) else []

    def _expire(self, now: float) -> list[Action]:
        if not self._desk.overdue(now) or self._desk.draft is None:
            return []
        draft = self._desk.draft
        return self._drop(draft.turn, "llm_slow" if draft.urgent else "late")

    def _show(self, now: float) -> list[Action]:
        draft = self._desk.draft
        if draft is None:
            return []
        rule = self._desk.emptiness()
        if rule:
            self._settle(draft.turn, "nothing_to_add")
            return self._desk.discard(rule)
        was_open = draft.card is not None
        actions = self._desk.show(draft, now, allowed=self._may_show(draft.turn, now))
        if draft.card and not was_open:
            self._settle(draft.turn, "hinted")
        return actions

    def _may_show(self, turn: Turn, now: float) -> bool:
        """The partner is still quiet, the pause has held, and the pace allows it."""
        if not self._turns.quiet() or now < self._hearing.ready_at(turn):
            return False
        return self._pacing.next_at(now) <= now

    def _supersede(self) -> list[Action]:
        """The partner goes on: a draft that is not on the screen is out of date."""
        draft = self._desk.draft
        if draft is None or not draft.held:
            return []
        draft.turn.drafts += 1
        return self._desk.discard("superseded")

    def _drop(self, turn: Turn, reason: str) -> list[Action]:
        self._settle(turn, reason)
        return self._desk.discard(reason)

    def _settle(self, turn: Turn, reason: str) -> list[Action]:
        self._hearing.conclude(turn, reason)
        self._why = _REASONS.get(reason, reason)
        return []

    # --- times ---

    def _start_at(self, turn: Turn) -> float:
        """When to draft: ahead of the pause, but only once for words that may go on."""
        ahead = self._pacing.next_at(self._now) - _LEAD_S
        return max(ahead, self._hearing.ready_at(turn)) if turn.drafts else ahead

    def _moments(self) -> list[float]:
        """Every time at which something may fall due."""
        moments: list[float] = []
        turn, due = self._turns.last, self._desk.due()
        if self._turns.silent_since is not None and not self._turns.speaking:
            moments.append(self._turns.silent_since + self._config.silence_s)
        if turn is not None and not turn.settled:
            late = turn.said_until + self._config.late_s
            moments += [self._hearing.ready_at(turn), self._start_at(turn), late]
            moments.append(self._pacing.next_at(self._now))
        return moments if due is None else [*moments, due]

    # --- the status ---

    def _report(self, now: float) -> list[Action]:
        status = self._state(now)
        if status == self._status:
            return []
        self._status = status
        return [status]

    def _state(self, now: float) -> ReportStatus:
        if self._paused:
            return ReportStatus("paused", "")
        if self._desk.draft:
            return ReportStatus("thinking", "")
        since = self._turns.silent_since
        silent_s = 0.0 if since is None or self._turns.speaking else now - since
        if silent_s >= self._config.silence_s:
            return ReportStatus("listening", "long_silence")
        if self._why == "nothing_to_add":
            return ReportStatus("thinking", self._why)
        return ReportStatus("listening", self._why)
