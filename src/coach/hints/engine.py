"""The hint engine: events and the time go in, actions come out."""

from coach.hints.config import EngineConfig, Resume
from coach.hints.context import Context, Occasion
from coach.hints.draft import Draft, ShownCard
from coach.hints.events import (
    Action,
    AnswerHintNow,
    CancelDraft,
    CutHint,
    DraftDelta,
    DraftEnded,
    DraftFailed,
    DropHint,
    Event,
    FeedbackGiven,
    HintNowAsked,
    ListeningPaused,
    ListeningResumed,
    NoteSegment,
    OpenHint,
    Pace,
    PaceChosen,
    ReportStatus,
    Section,
    Segment,
    SegmentCut,
    SegmentFailed,
    SegmentHeard,
    SpeechStarted,
    SpeechStopped,
    StartDraft,
)
from coach.hints.pacing import Pacing
from coach.hints.prompts import Prompt
from coach.hints.turns import Turn, Turns

_LEAD_S = 1.5


class Engine:
    """Decides when to ask the model and what of its answer reaches the screen.

    It does no I/O and has no clock: the caller hands in every event with the session's time in
    seconds, performs the actions in order, and sends a Tick when `deadline()` has come.
    """

    def __init__(
        self, config: EngineConfig, prompt: Prompt, session: str, resume: Resume | None = None
    ) -> None:
        resume = resume or Resume()
        self._config, self._prompt, self._session = config, prompt, session
        last = max((turn.number for turn in resume.turns), default=0)
        self._turns = Turns(config.pause_s, last)
        self._pacing = Pacing(config.pace)
        self._context = Context()
        for past in resume.turns:
            self._context.add_turn(past.text)
        for text in resume.hints:
            self._context.add_hint(text)
        self._seq = resume.last_seq
        self._hints = resume.hints_shown
        self._drafts = 0
        self._draft: Draft | None = None
        self._paused = False
        self._why = ""
        self._status: ReportStatus | None = None
        self._now = 0.0

    @property
    def last_seq(self) -> int:
        """The number of the session's last card, 0 before the first."""
        return self._seq

    @property
    def pace(self) -> Pace:
        """The pace in force."""
        return self._pacing.pace

    def handle(self, event: Event, now: float) -> list[Action]:
        """Take in what happened at `now` seconds and say what is to be done."""
        self._now = now
        actions = self._take(event, now)
        if not self._paused:
            actions += self._expire(now) + self._consider(now) + self._reveal(now)
        return actions + self._report(now)

    def deadline(self) -> float | None:
        """When a Tick is wanted, in the session's seconds; None while only events matter."""
        return min((moment for moment in self._moments() if moment > self._now), default=None)

    # --- events ---

    def _take(self, event: Event, now: float) -> list[Action]:
        match event:
            case ListeningPaused():
                return self._pause()
            case ListeningResumed():
                self._paused, self._why = False, ""
            case PaceChosen(pace):
                self._pacing.choose(pace)
            case FeedbackGiven(_, verdict):
                self._pacing.mark(verdict)
            case HintNowAsked(request_id):
                return self._asked(request_id, now)
            case DraftDelta(draft_id, text) if self._draft and self._draft.id == draft_id:
                self._draft.take(text, now)
            case DraftEnded(draft_id) if self._draft and self._draft.id == draft_id:
                self._draft.end()
            case DraftFailed(draft_id, reason) if self._draft and self._draft.id == draft_id:
                return self._failed(self._draft, reason)
            case _ if not self._paused:
                return self._hear(event, now)
        return []

    def _hear(self, event: Event, now: float) -> list[Action]:
        match event:
            case SpeechStarted():
                self._turns.speech_started()
                self._why = ""
                return self._supersede()
            case SpeechStopped(ended):
                self._turns.speech_stopped(ended)
            case SegmentCut(segment_id):
                self._turns.cut(segment_id)
            case SegmentHeard(segment):
                return self._place(self._turns.heard(segment), now)
            case SegmentFailed(segment_id):
                return self._place(self._turns.failed(segment_id), now)
        return []

    def _place(self, segments: list[Segment], now: float) -> list[Action]:
        actions: list[Action] = []
        for segment in segments:
            before = self._turns.last
            turn = self._turns.add(segment, doubtful=False, now=now)
            if before is not None and turn is not before:
                self._context.add_turn(before.text)
            actions.append(NoteSegment(segment.id, self._turn_id(turn), segment.text, ""))
        return actions

    def _pause(self) -> list[Action]:
        self._paused = True
        self._turns.forget()
        if self._turns.last:
            self._turns.last.settled = "paused"
        return self._discard("paused")

    def _asked(self, request_id: str, now: float) -> list[Action]:
        draft, turn = self._draft, self._turns.last
        if self._paused:
            return [AnswerHintNow(request_id, None, "paused")]
        if draft and draft.card:
            return [AnswerHintNow(request_id, draft.card.seq, "")]
        if draft:
            draft.requests.append(request_id)
            draft.urgent_since = draft.urgent_since or now
            return []
        if turn is None or (not turn.whole and self._context.empty()):
            return [AnswerHintNow(request_id, None, "nothing_heard")]
        return self._start(turn, now, request_id)

    # --- drafts ---

    def _consider(self, now: float) -> list[Action]:
        """Start a draft when the last turn deserves a hint and one could be shown in time."""
        turn = self._turns.last
        if self._draft or turn is None or turn.settled or not self._turns.quiet():
            return []
        if not turn.whole:
            return self._settle(turn, "nothing_to_add") if now >= self._ready_at(turn) else []
        if now > turn.said_until + self._config.late_s:
            return self._settle(turn, "late")
        if self._start_at(turn) > turn.said_until + self._config.late_s:
            return self._settle(turn, "held_by_pace")
        return self._start(turn, now) if now >= self._start_at(turn) else []

    def _start(self, turn: Turn, now: float, request_id: str | None = None) -> list[Action]:
        self._drafts += 1
        sections = self._sections()
        draft = Draft(self._drafts, turn, now, turn.said_until, sections)
        if request_id is not None:
            draft.requests, draft.urgent_since = [request_id], now
        self._draft = draft
        occasion = Occasion(turn.whole, self._config.language, sections, draft.urgent)
        messages = self._context.messages(self._prompt, occasion)
        return [StartDraft(draft.id, messages, self._config.max_tokens)]

    def _expire(self, now: float) -> list[Action]:
        """Drop what comes too late to help."""
        draft = self._draft
        if draft is None or draft.card:
            return []
        if draft.urgent_since is not None:
            over = now >= draft.urgent_since + self._config.answer_s
        else:
            over = now > draft.heard + self._config.late_s
        return self._settle(draft.turn, "late") + self._discard("late") if over else []

    def _reveal(self, now: float) -> list[Action]:
        """Show what the draft has, if this is the moment."""
        draft = self._draft
        if draft is None:
            return []
        actions: list[Action] = []
        pieces = draft.pieces()
        if draft.ended and not pieces:
            return self._come_to_nothing(draft, "nothing_to_add" if draft.thinking() else "no_text")
        if draft.card is None and pieces and self._may_show(draft, now):
            actions += self._open(draft, now)
        if draft.card is not None:
            actions += draft.card.update(pieces)
            if draft.ended:
                actions += self._close(draft, draft.card)
        return actions

    def _may_show(self, draft: Draft, now: float) -> bool:
        if draft.urgent:
            return True
        paused = self._turns.quiet() and now >= self._ready_at(draft.turn)
        return paused and self._pacing.next_at(now) <= now

    def _open(self, draft: Draft, now: float) -> list[Action]:
        self._seq += 1
        self._hints += 1
        hint_id = f"{self._session}-h{self._seq}"
        draft.card = ShownCard(hint_id, self._seq, now)
        draft.turn.settled = "hinted"
        self._why = ""
        self._pacing.shown(now)
        opened = OpenHint(hint_id, self._seq, self._turn_id(draft.turn), draft.heard)
        return [opened, *self._answer(draft, self._seq, "")]

    def _close(self, draft: Draft, card: ShownCard) -> list[Action]:
        self._draft = None
        self._context.add_hint(" ".join(text for text, _ in card.sections.values()))
        return [card.close(draft)]

    def _supersede(self) -> list[Action]:
        draft = self._draft
        if draft is None or draft.card or draft.urgent:
            return []
        draft.turn.drafts += 1
        return self._discard("superseded")

    def _failed(self, draft: Draft, reason: str) -> list[Action]:
        if draft.card:
            draft.end()
            return []
        draft.ended = True
        return self._settle(draft.turn, reason) + self._discard(reason)

    def _come_to_nothing(self, draft: Draft, reason: str) -> list[Action]:
        return self._settle(draft.turn, "nothing_to_add") + self._discard(reason)

    def _discard(self, reason: str) -> list[Action]:
        """Give up the draft, on the screen or not, and answer those who wait for it."""
        draft, self._draft = self._draft, None
        if draft is None:
            return []
        actions: list[Action] = [] if draft.ended else [CancelDraft(draft.id)]
        actions.append(CutHint(draft.card.hint_id) if draft.card else DropHint(reason))
        return actions + self._answer(draft, None, reason)

    def _answer(self, draft: Draft, seq: int | None, reason: str) -> list[Action]:
        answers = [AnswerHintNow(request, seq, reason) for request in draft.requests]
        draft.requests = []
        return list(answers)

    def _settle(self, turn: Turn, reason: str) -> list[Action]:
        turn.settled = self._why = reason
        return []

    # --- times and words ---

    def _ready_at(self, turn: Turn) -> float:
        return (self._turns.silent_since or turn.ended) + self._config.pause_s

    def _start_at(self, turn: Turn) -> float:
        """When to draft: ahead of the pause, but only once for words that may go on."""
        ahead = self._pacing.next_at(self._now) - _LEAD_S
        return max(ahead, self._ready_at(turn)) if turn.drafts else ahead

    def _sections(self) -> tuple[Section, ...]:
        """What the next hint may hold: reminders belong to the first few."""
        reminding = self._hints < self._prompt.limits.reminders
        return tuple(name for name in self._prompt.sections if reminding or name != "reminder")

    def _turn_id(self, turn: Turn) -> str:
        return f"{self._session}-t{turn.number}"

    def _moments(self) -> list[float]:
        """Every time at which something may fall due."""
        moments: list[float] = []
        turn, draft = self._turns.last, self._draft
        if self._turns.silent_since is not None:
            moments.append(self._turns.silent_since + self._config.silence_s)
        if turn is not None and not turn.settled:
            late = turn.said_until + self._config.late_s + 0.001
            moments += [self._ready_at(turn), self._start_at(turn), late]
            moments.append(self._pacing.next_at(self._now))
        if draft is not None and draft.urgent_since is not None:
            moments.append(draft.urgent_since + self._config.answer_s)
        return moments

    def _report(self, now: float) -> list[Action]:
        status = self._state(now)
        if status == self._status:
            return []
        self._status = status
        return [status]

    def _state(self, now: float) -> ReportStatus:
        if self._paused:
            return ReportStatus("paused", "")
        if self._draft:
            return ReportStatus("thinking", "")
        since = self._turns.silent_since
        silent = since is not None and not self._turns.speaking
        if silent and since is not None and now - since >= self._config.silence_s:
            return ReportStatus("listening", "long_silence")
        if self._why == "nothing_to_add":
            return ReportStatus("thinking", "nothing_to_add")
        return ReportStatus("listening", self._why)
