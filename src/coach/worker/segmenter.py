"""Cuts the partner's speech into segments short enough to transcribe as it comes."""

from dataclasses import dataclass, field

import numpy as np
from livekit import rtc

SOFT_LIMIT_SECONDS = 12.0
HARD_LIMIT_SECONDS = 15.0
DIP_WINDOWS = 3


@dataclass(frozen=True, slots=True)
class Cut:
    """The audio of one segment, with the padding around it; `started` and `ended` are when its
    first word began and its last one ended, in seconds on the session clock.
    """

    frames: list[rtc.AudioFrame]
    started: float
    ended: float


@dataclass
class Segmenter:
    """Collects windows while the partner speaks; every window goes into exactly one segment.

    `voiced`: whether anybody spoke since the last cut, so that what is left is worth a segment.
    A stretch that reaches the soft limit is cut at the next quiet window, and at the hard limit
    where it was quietest since the soft one. How long a segment is told by its audio, so that a
    machine that falls behind shortens nobody's words.
    """

    speaking: bool = False
    voiced: bool = False
    _frames: list[rtc.AudioFrame] = field(default_factory=list)
    _seconds: float = 0.0
    _padding: float = 0.0

    def begin(self, frames: list[rtc.AudioFrame], padding: float) -> None:
        """Open a segment with audio whose first seconds lie before the onset."""
        self.speaking = self.voiced = True
        self._hold(frames, padding)

    def push(self, frame: rtc.AudioFrame, now: float, *, quiet: bool) -> Cut | None:
        """Add a window; give a segment away when it is long enough, and go on with the next."""
        self.voiced = self.voiced or not quiet
        self._frames.append(frame)
        self._seconds += frame.duration
        if self._seconds >= SOFT_LIMIT_SECONDS and quiet:
            self.voiced = False
            return self._split(len(self._frames), now)
        if self._seconds >= HARD_LIMIT_SECONDS:
            return self._split(self._quietest(), now)
        return None

    def so_far(self, now: float, silence: float) -> Cut:
        """What is left if nothing more is said; its last seconds are silence."""
        started = now - self._seconds + self._padding
        return Cut(list(self._frames), started, now - silence)

    def end(self, now: float, silence: float) -> Cut:
        """Give away what is left."""
        self.speaking = self.voiced = False
        cut = self.so_far(now, silence)
        self._hold([], 0.0)
        return cut

    def _hold(self, frames: list[rtc.AudioFrame], padding: float) -> None:
        self._frames, self._seconds, self._padding = list(frames), duration(frames), padding

    def _split(self, at: int, now: float) -> Cut:
        rest = self._frames[at:]
        started = now - self._seconds + self._padding
        cut = Cut(self._frames[:at], started, now - duration(rest))
        self._hold(rest, 0.0)
        return cut

    def _quietest(self) -> int:
        """Where to cut so that a word is hardly ever torn: inside the deepest dip."""
        powers = [_power(frame) for frame in self._frames]
        seconds = np.cumsum([frame.duration for frame in self._frames])
        dips = np.convolve(powers, np.ones(DIP_WINDOWS), "same")
        dips[seconds < SOFT_LIMIT_SECONDS] = np.inf
        dips[-1] = np.inf
        return int(np.argmin(dips)) + 1


def duration(frames: list[rtc.AudioFrame]) -> float:
    """Seconds."""
    return sum(frame.duration for frame in frames)


def _power(frame: rtc.AudioFrame) -> float:
    return float(np.mean(np.square(np.frombuffer(frame.data, np.int16).astype(np.float32))))
