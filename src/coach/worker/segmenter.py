"""Cuts the partner's speech into segments short enough to transcribe as it comes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from livekit import rtc

SOFT_LIMIT_SECONDS = 12.0
HARD_LIMIT_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Cut:
    """The audio of one segment; times are seconds on the session clock."""

    segment_id: int
    frames: list[rtc.AudioFrame]
    started: float
    ended: float


@dataclass
class Segmenter:
    """Collects windows while the partner speaks. Nothing is dropped: a stretch that reaches the
    soft limit is cut at the next quiet window, and at the hard limit wherever it stands.
    """

    speaking: bool = False
    _frames: list[rtc.AudioFrame] = field(default_factory=list)
    _seconds: float = 0.0
    _next_id: int = 1

    def begin(self, frames: Iterable[rtc.AudioFrame]) -> None:
        """Open a segment with the audio just before and at the onset."""
        self.speaking = True
        self._collect(frames)

    def push(self, frames: Iterable[rtc.AudioFrame], now: float, *, quiet: bool) -> Cut | None:
        """Add a window; give the segment away when it is long enough, for the next to begin."""
        self._collect(frames)
        limit = SOFT_LIMIT_SECONDS if quiet else HARD_LIMIT_SECONDS
        return self.cut(now) if self._seconds >= limit else None

    def cut(self, ended: float) -> Cut:
        """Give away what was collected; `ended` is when its last word ended."""
        cut = Cut(self._next_id, self._frames, ended - self._seconds, ended)
        self._next_id += 1
        self.discard()
        return cut

    def discard(self) -> None:
        """Forget the open segment."""
        self._frames, self._seconds = [], 0.0
        self.speaking = False

    def _collect(self, frames: Iterable[rtc.AudioFrame]) -> None:
        for frame in frames:
            self._frames.append(frame)
            self._seconds += frame.samples_per_channel / frame.sample_rate
