"""Figures of a session: times and counts, nothing of what was said."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from coach.hints.events import Verdict

Line = Literal["good", "weak", "lost"]
_DISMISSED: tuple[Verdict, ...] = ("not_now", "fewer")


@dataclass(frozen=True, slots=True)
class Figures:
    """Times in seconds, latencies in milliseconds from the end of speech to the first word shown.

    `listened_s` is the part of the session in which the partner was heard, and the only one that
    share of talk and longest silence rest on; `line` is how the partner's connection was, as shares
    of the time in which that was known. None where nothing was measured.
    """

    duration_s: int
    listened_s: int
    talk_share: float | None
    longest_silence_s: int | None
    hints_shown: int
    hints_used: int
    hints_dismissed: int
    latency_p50_ms: int | None
    latency_p95_ms: int | None
    line: dict[Line, float] | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """What figures are made of, in seconds and milliseconds, and what the session has `cost`; a
    later coach goes on from there.
    """

    listened: float = 0.0
    talked: float = 0.0
    silence: float = 0.0
    latencies: tuple[int, ...] = ()
    line: Mapping[Line, float] = field(default_factory=dict)
    cost: float = 0.0


class Tally:
    """Keeps account of one session on its own clock, in seconds.

    `began` is when the session began, which may be before this coach came; `earlier` is what
    another one had counted.
    """

    def __init__(self, began: float, earlier: Sums | None = None) -> None:
        earlier = earlier or Sums()
        self._began = began
        self._heard_since: float | None = None
        self._speaking_since: float | None = None
        self._quiet_since: float | None = None
        self._listened, self._talked = earlier.listened, earlier.talked
        self._silence = earlier.silence
        self._latencies = list(earlier.latencies)
        self._line = Connection(earlier.line)

    def listening(self, on: bool, now: float) -> None:
        """Whether the partner is heard from now on."""
        if on == (self._heard_since is not None):
            return
        if on:
            self._heard_since = self._quiet_since = now
            return
        self._listened, self._talked, self._silence = self._until(now)
        self._heard_since = self._speaking_since = self._quiet_since = None

    def speech_started(self, now: float) -> None:
        """The partner began to speak."""
        if self._heard_since is None or self._speaking_since is not None:
            return
        self._silence = self._longest(now)
        self._speaking_since, self._quiet_since = now, None

    def speech_stopped(self, ended: float) -> None:
        """The partner fell silent at `ended`."""
        if self._speaking_since is None:
            return
        self._talked += max(0.0, ended - self._speaking_since)
        self._speaking_since, self._quiet_since = None, ended

    def hint_came(self, latency_ms: int) -> None:
        """A hint that nobody had asked for came this long after the end of speech."""
        self._latencies.append(latency_ms)

    def line_is(self, line: Line | None, now: float) -> None:
        """How the partner's connection is from now on; None when that isn't known."""
        self._line.is_now(line, now)

    def sums(self, now: float) -> Sums:
        """What was counted so far."""
        return Sums(*self._until(now), tuple(self._latencies), self._line.until(now))

    def read(self, now: float, verdicts: Sequence[str]) -> Figures:
        """The figures so far; `verdicts` are those of the hints shown, "" where there is none."""
        listened, talked, silence = self._until(now)
        return Figures(
            duration_s=round(now - self._began),
            listened_s=round(listened),
            talk_share=round(min(1.0, talked / listened), 2) if listened >= 1 else None,
            longest_silence_s=round(silence) if listened >= 1 else None,
            hints_shown=len(verdicts),
            hints_used=sum(verdict == "used" for verdict in verdicts),
            hints_dismissed=sum(verdict in _DISMISSED for verdict in verdicts),
            latency_p50_ms=percentile(self._latencies, 0.5),
            latency_p95_ms=percentile(self._latencies, 0.95),
            line=_shares(self._line.until(now)),
        )

    def _until(self, now: float) -> tuple[float, float, float]:
        """Time listened, time talked and longest silence, counting what still goes on."""
        listened = self._listened
        talked = self._talked
        if self._heard_since is not None:
            listened += now - self._heard_since
        if self._speaking_since is not None:
            talked += now - self._speaking_since
        return listened, talked, self._longest(now)

    def _longest(self, now: float) -> float:
        quiet = 0.0 if self._quiet_since is None else now - self._quiet_since
        return max(self._silence, quiet)


class Connection:
    """Seconds of each quality that a connection had."""

    def __init__(self, earlier: Mapping[Line, float]) -> None:
        self._seconds = dict(earlier)
        self._now: Line | None = None
        self._since = 0.0

    def is_now(self, line: Line | None, now: float) -> None:
        """The quality from now on."""
        self._seconds = self.until(now)
        self._now, self._since = line, now

    def until(self, now: float) -> dict[Line, float]:
        """The seconds so far, counting what still goes on."""
        seconds = dict(self._seconds)
        if self._now is not None:
            seconds[self._now] = seconds.get(self._now, 0.0) + now - self._since
        return seconds


def _shares(seconds: Mapping[Line, float]) -> dict[Line, float] | None:
    whole = sum(seconds.values())
    if whole < 1:
        return None
    return {line: round(share / whole, 2) for line, share in seconds.items()}


def percentile(values: Sequence[int], share: float) -> int | None:
    """The smallest value that at least this share of them do not exceed; None of no values."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
