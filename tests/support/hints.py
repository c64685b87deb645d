"""Drives a hint engine through a session as a worker would, on a clock of its own."""

from typing import TypeVar

from coach.hints.config import EngineConfig, Resume
from coach.hints.engine import Engine
from coach.hints.events import (
    Action,
    DraftDelta,
    DraftEnded,
    Event,
    OpenHint,
    Segment,
    SegmentCut,
    SegmentHeard,
    ShowSection,
    SpeechStarted,
    SpeechStopped,
    StartDraft,
    Tick,
)
from coach.hints.prompts import Prompt

A = TypeVar("A", bound=Action)

PROMPT = Prompt(name="test", title="Test", body="Be brief.")
HINT = (
    "SUMMARY: The guard keeps everyone out.\n"
    "SUGGESTION: Ask how they feel toward the guard.\n"
    "FOLLOW-UP: What does the guard protect?\n"
    "REMINDER: Being here is enough.\n"
)
WORDS = "There is a part of me that stands like a guard and lets nobody in."


class Driver:
    """Hands events to an engine, sends the ticks that it wants, and keeps what it did."""

    def __init__(self, config: EngineConfig | None = None, resume: Resume | None = None) -> None:
        self.engine = Engine(config or EngineConfig(), PROMPT, "s", resume)
        self.done: list[tuple[float, Action]] = []
        self.now = 0.0
        self.segments = 0

    def wait(self, until: float) -> None:
        """Let time pass, with a tick at every deadline."""
        while (due := self.engine.deadline()) is not None and due <= until:
            assert due > self.now, "a deadline that has passed would tick for ever"
            self._handle(Tick(), due)
        self.now = max(self.now, until)

    def send(self, event: Event, at: float | None = None) -> list[Action]:
        """One event, at `at` or now."""
        if at is not None:
            self.wait(at)
        return self._handle(event, self.now)

    def say(
        self, text: str = WORDS, *, start: float, end: float, stt_s: float = 0.5, **figures: float
    ) -> list[Action]:
        """One segment of speech with a short silence after it, heard `stt_s` after its end."""
        self.segments += 1
        self.send(SpeechStarted(), start)
        self.send(SpeechStopped(end), end + 0.1)
        self.send(SegmentCut(self.segments))
        segment = Segment(self.segments, text, start, end, **figures)
        return self.send(SegmentHeard(segment), end + stt_s)

    def answer(self, text: str = HINT, at: float | None = None) -> list[Action]:
        """The model answers the last draft in one piece."""
        self.wait(self.now if at is None else at)
        draft_id = self.all(StartDraft)[-1].draft_id
        actions = self.send(DraftDelta(draft_id, text))
        return actions + self.send(DraftEnded(draft_id))

    def all(self, kind: type[A]) -> list[A]:
        """Every action of a kind so far."""
        return [action for _, action in self.done if isinstance(action, kind)]

    def shown(self) -> list[tuple[float, OpenHint]]:
        """When each card came up."""
        return [(at, action) for at, action in self.done if isinstance(action, OpenHint)]

    def texts(self, section: str) -> list[str]:
        """The complete texts of a section, in the order of their cards."""
        return [a.text for a in self.all(ShowSection) if a.section == section and a.done]

    def _handle(self, event: Event, now: float) -> list[Action]:
        self.now = now
        actions = self.engine.handle(event, now)
        self.done += [(now, action) for action in actions]
        return actions
