"""A scripted session through the real engine under a logical clock: always the same outcome."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

from coach.hints.config import EngineConfig
from coach.hints.engine import Engine
from coach.hints.events import (
    Action,
    AnswerHintNow,
    CancelDraft,
    Card,
    CutHint,
    DraftDelta,
    DraftEnded,
    DropHint,
    Event,
    FeedbackGiven,
    HintNowAsked,
    ListeningPaused,
    ListeningResumed,
    Message,
    OpenHint,
    ReportStatus,
    Section,
    Segment,
    SegmentCut,
    SegmentHeard,
    ShowSection,
    SpeechStarted,
    SpeechStopped,
    StartDraft,
    Tick,
)
from coach.hints.plain_hints import plain_hint
from coach.hints.prompts import Prompt
from coach.hints.sessions import Deed, Reply, Session, Speech

SILENCE_S = 0.25
"""How long the detector of speech takes to notice silence."""
RECOGNISER_S = 0.64
"""How long the recogniser takes for a segment."""
_AFTERWARDS_S = 30.0
_TOKEN_CHARACTERS = 4

Answers = Callable[[tuple[Message, ...], int, int], Reply]
"""A model: the request, the number of the turn, and how often it has answered on that turn."""


@dataclass(slots=True)
class ReplayedHint:
    """A card that came up at `at`, in seconds; `asked` says that the facilitator asked for it."""

    seq: int
    card: Card
    at: float
    heard: float
    asked: bool = False
    cut: bool = False
    sections: dict[tuple[Section, int], str] = field(default_factory=dict)

    def texts(self, section: Section) -> list[str]:
        """The texts of a section."""
        return [text for (name, _), text in self.sections.items() if name == section]


@dataclass(slots=True)
class Replayed:
    """What came of a session; `drops` and `status` are pairs of a time and a reason."""

    hints: list[ReplayedHint] = field(default_factory=list)
    drops: list[tuple[float, str]] = field(default_factory=list)
    status: list[tuple[float, str]] = field(default_factory=list)
    unanswered: list[tuple[float, str]] = field(default_factory=list)
    model_calls: int = 0
    largest_request: int = 0


def scripted(session: Session) -> Answers:
    """The session's own answers; a plain valid hint where it has none."""

    def answer(messages: tuple[Message, ...], turn: int, before: int) -> Reply:
        del messages
        replies = session.replies.get(turn)
        if replies:
            return replies[min(before, len(replies) - 1)]
        said = " ".join(s.text for s in session.speech if session.turn_at(s.start) == turn)
        return Reply(plain_hint(said, turn * 7 + before))

    return answer


def replay(session: Session, prompt: Prompt, answers: Answers | None = None) -> Replayed:
    """Run `session` from its start until half a minute after its end."""
    return _Replay(session, prompt, answers or scripted(session)).run()


class _Replay:
    def __init__(self, session: Session, prompt: Prompt, answers: Answers) -> None:
        config = EngineConfig(pause_s=session.pause_s, pace=session.pace)
        self._session, self._answers = session, answers
        self._engine = Engine(config, prompt, session.id)
        self._queue: list[tuple[float, int, Event | Deed]] = []
        self._count = 0
        self._drafting: set[int] = set()
        self._answered: dict[int, int] = {}
        self._drafted_turn: dict[int, int] = {}
        self._result = Replayed()

    def run(self) -> Replayed:
        self._schedule()
        end = self._session.duration_s + _AFTERWARDS_S
        while (moment := self._next()) is not None and moment <= end:
            event = self._due(moment)
            for action in self._engine.handle(event, moment) if event else []:
                self._perform(action, moment)
        return self._result

    def _next(self) -> float | None:
        moments = [self._queue[0][0]] if self._queue else []
        due = self._engine.deadline()
        return min(moments if due is None else [*moments, due], default=None)

    def _due(self, moment: float) -> Event | None:
        due = self._engine.deadline()
        if due is not None and due <= moment:
            return Tick()
        event = heapq.heappop(self._queue)[2]
        if isinstance(event, str):
            return self._deed(event)
        stale = isinstance(event, DraftDelta | DraftEnded) and event.draft_id not in self._drafting
        if isinstance(event, DraftEnded) and not stale:
            self._drafting.discard(event.draft_id)
            turn = self._drafted_turn[event.draft_id]
            self._answered[turn] = self._answered.get(turn, 0) + 1
        return None if stale else event

    def _deed(self, deed: Deed) -> Event:
        if deed == "hint_now":
            self._count += 1
            return HintNowAsked(f"r{self._count}")
        if deed == "pause":
            return ListeningPaused()
        if deed == "resume":
            return ListeningResumed()
        hints = [hint.seq for hint in self._result.hints]
        return FeedbackGiven(f"{self._session.id}-h{max(hints, default=0)}", deed)

    # --- the script ---

    def _schedule(self) -> None:
        for at, deed in self._session.events:
            self._put(at, deed)
        speech = self._session.speech
        for number, item in enumerate(speech):
            follows = number > 0 and item.start - speech[number - 1].end < SILENCE_S
            goes_on = number + 1 < len(speech) and speech[number + 1].start - item.end < SILENCE_S
            if not follows:
                self._put(item.start, SpeechStarted())
            self._put_segment(number + 1, item, goes_on=goes_on)

    def _put_segment(self, number: int, item: Speech, *, goes_on: bool) -> None:
        cut_at = item.end if goes_on else item.end + SILENCE_S
        if not self._muted(item):
            segment = Segment(
                number,
                item.text,
                item.start,
                item.end,
                item.no_speech_prob,
                item.avg_logprob,
                item.compression_ratio,
                item.energy_db,
            )
            self._put(cut_at, SegmentCut(number))
            self._put(cut_at + RECOGNISER_S, SegmentHeard(segment))
        if not goes_on:
            self._put(cut_at, SpeechStopped(item.end))

    def _muted(self, item: Speech) -> bool:
        """Whether listening was paused for any part of `item`: then none of it is heard."""
        return any(item.start < span.end and span.start < item.end for span in self._session.muted)

    def _put(self, at: float, event: Event | Deed) -> None:
        self._count += 1
        heapq.heappush(self._queue, (at, self._count, event))

    # --- what the engine wants done ---

    def _perform(self, action: Action, at: float) -> None:
        result = self._result
        match action:
            case StartDraft():
                self._draft(action, at)
            case CancelDraft(draft_id):
                self._drafting.discard(draft_id)
            case OpenHint(_, seq, _, heard, card):
                result.hints.append(ReplayedHint(seq, card, at, heard))
            case ShowSection(_, section, text, _, index):
                result.hints[-1].sections[(section, index)] = text
            case CutHint():
                result.hints[-1].cut = True
            case DropHint(rule):
                result.drops.append((at, rule))
            case AnswerHintNow(_, seq, reason):
                self._answer(seq, reason, at)
            case ReportStatus(state, reason):
                result.status.append((at, f"{state} {reason}".strip()))

    def _draft(self, action: StartDraft, at: float) -> None:
        self._result.model_calls += 1
        size = sum(len(message.text) for message in action.messages)
        self._result.largest_request = max(self._result.largest_request, size)
        turn = self._session.turn_at(at)
        self._drafting.add(action.draft_id)
        self._drafted_turn[action.draft_id] = turn
        reply = self._answers(action.messages, turn, self._answered.get(turn, 0))
        moment = at + reply.first_token_s
        for start in range(0, len(reply.text), _TOKEN_CHARACTERS):
            token = reply.text[start : start + _TOKEN_CHARACTERS]
            self._put(moment, DraftDelta(action.draft_id, token))
            moment += 1 / reply.tokens_per_s
        self._put(moment, DraftEnded(action.draft_id))

    def _answer(self, seq: int | None, reason: str, at: float) -> None:
        if seq is None:
            self._result.unanswered.append((at, reason))
        for hint in self._result.hints:
            hint.asked = hint.asked or hint.seq == seq
