"""What enters and what leaves the hint engine.

Times are seconds on the session's own monotonic clock; the caller owns the clock.
"""

from dataclasses import dataclass
from typing import Literal

Section = Literal["summary", "suggestion", "follow_up", "reminder"]
Pace = Literal["quiet", "balanced", "lively"]
Verdict = Literal["used", "not_now", "fewer"]
Role = Literal["system", "user", "assistant"]
Card = Literal["hint", "safety", "test"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the partner's speech between two short pauses, as the recogniser heard it.

    `no_speech_prob`, `avg_logprob` and `compression_ratio` are Whisper's own figures (None when
    the service gives none); `energy_db` is the mean level in dBFS.
    """

    id: int
    text: str
    started: float
    ended: float
    no_speech_prob: float | None = None
    avg_logprob: float | None = None
    compression_ratio: float | None = None
    energy_db: float | None = None


# --- events: what happened ---


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The partner began to speak."""


@dataclass(frozen=True, slots=True)
class SpeechStopped:
    """The partner fell silent; `ended` is when the last word ended, a little before now."""

    ended: float


@dataclass(frozen=True, slots=True)
class SegmentCut:
    """A segment's audio is with the recogniser; its text will follow as heard or failed."""

    segment_id: int


@dataclass(frozen=True, slots=True)
class SegmentHeard:
    """The recogniser's answer; the text may be empty."""

    segment: Segment


@dataclass(frozen=True, slots=True)
class SegmentFailed:
    """The recogniser gave no answer for this segment."""

    segment_id: int


@dataclass(frozen=True, slots=True)
class DraftDelta:
    """More text from the model for a draft."""

    draft_id: int
    text: str


@dataclass(frozen=True, slots=True)
class DraftEnded:
    """The model has finished a draft."""

    draft_id: int


@dataclass(frozen=True, slots=True)
class DraftFailed:
    """The model call failed or timed out; the worker has already noted why."""

    draft_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class HintNowAsked:
    """The facilitator asks for a hint whatever the pace."""

    request_id: str


@dataclass(frozen=True, slots=True)
class TestHintAsked:
    """The facilitator wants a labelled test card through the real channel."""

    request_id: str


@dataclass(frozen=True, slots=True)
class PaceChosen:
    """The facilitator chose how often hints may come."""

    pace: Pace


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """The facilitator marked a hint."""

    hint_id: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ListeningPaused:
    """Nothing more is shown until listening resumes; what was said before may still arrive."""


@dataclass(frozen=True, slots=True)
class ListeningResumed:
    """Listening goes on."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed; sent at or after the engine's own deadline."""


Event = (
    SpeechStarted
    | SpeechStopped
    | SegmentCut
    | SegmentHeard
    | SegmentFailed
    | DraftDelta
    | DraftEnded
    | DraftFailed
    | HintNowAsked
    | TestHintAsked
    | PaceChosen
    | FeedbackGiven
    | ListeningPaused
    | ListeningResumed
    | Tick
)


# --- actions: what the caller is to do ---


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a model request."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class StartDraft:
    """Ask the model; answer with DraftDelta and DraftEnded, or DraftFailed."""

    draft_id: int
    messages: tuple[Message, ...]
    max_tokens: int


@dataclass(frozen=True, slots=True)
class CancelDraft:
    """Stop the model call; no further event of this draft is wanted."""

    draft_id: int


@dataclass(frozen=True, slots=True)
class OpenHint:
    """A card begins on the facilitator's screen. `heard` is the end of the partner's speech."""

    hint_id: str
    seq: int
    turn_id: str
    heard: float
    card: Card = "hint"


@dataclass(frozen=True, slots=True)
class ShowSection:
    """A section's text so far; `index` tells several follow-ups apart."""

    hint_id: str
    section: Section
    text: str
    done: bool
    index: int = 0


@dataclass(frozen=True, slots=True)
class CloseHint:
    """The card is complete. Latencies in milliseconds, counted from the end of speech for `total`
    (to the first word shown) and `stt`, from the model request for `llm_first`.
    """

    hint_id: str
    stt_ms: int
    llm_first_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class DropHint:
    """A draft came to nothing; `rule` names why, for counting and for the status line."""

    rule: str


@dataclass(frozen=True, slots=True)
class CutHint:
    """Stop a card that is on the screen at once; nothing more of it follows, not even CloseHint."""

    hint_id: str


@dataclass(frozen=True, slots=True)
class NoteSegment:
    """A segment has its place in the transcript. `doubt` names the rule by which its text is
    taken for invented, and is empty for words that were really said.
    """

    segment_id: int
    turn_id: str
    text: str
    doubt: str


@dataclass(frozen=True, slots=True)
class NoteRepair:
    """The linter repaired or dropped a section; `rule` names why, for counting and the log."""

    hint_id: str
    section: Section
    rule: str
    dropped: bool


@dataclass(frozen=True, slots=True)
class AnswerHintNow:
    """The answer to HintNowAsked or TestHintAsked: the card's seq, or why there is none."""

    request_id: str
    seq: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ReportStatus:
    """What the coach is doing now and why it is quiet; sent on change only."""

    state: str
    reason: str


Action = (
    StartDraft
    | CancelDraft
    | OpenHint
    | ShowSection
    | CloseHint
    | CutHint
    | DropHint
    | NoteSegment
    | NoteRepair
    | AnswerHintNow
    | ReportStatus
)
