"""Labelled sessions: what the recogniser hears, what the model answers, and where hints belong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from coach.hints.events import Pace

Deed = Literal["hint_now", "used", "not_now", "fewer", "pause", "resume"]


FIRST_TOKEN_S = 0.7
TOKENS_PER_S = 28.0


class SessionError(ValueError):
    """A session that can't be read; the message is one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Speech:
    """One stretch of speech as the recogniser hears it; times in seconds from the start."""

    start: float
    end: float
    text: str
    no_speech_prob: float | None = None
    avg_logprob: float | None = None
    compression_ratio: float | None = None
    energy_db: float | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A model's answer and how fast it comes."""

    text: str
    first_token_s: float = FIRST_TOKEN_S
    tokens_per_s: float = TOKENS_PER_S


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled range of time."""

    start: float
    end: float

    def holds(self, at: float) -> bool:
        """Whether `at` lies inside, ends included."""
        return self.start <= at <= self.end


@dataclass(frozen=True, slots=True)
class Session:
    """A session to replay. `replies` are by turn, counted from 1 in pauses of `pause_s`."""

    id: str
    practice: str
    pace: Pace
    pause_s: float
    speech: tuple[Speech, ...]
    replies: Mapping[int, tuple[Reply, ...]]
    events: tuple[tuple[float, Deed], ...]
    opportunities: tuple[Span, ...]
    no_hint: tuple[Span, ...]
    safety: tuple[Span, ...]

    @property
    def duration_s(self) -> float:
        """The end of the last thing that the session speaks of."""
        ends = [speech.end for speech in self.speech] + [at for at, _ in self.events]
        ends += [span.end for span in (*self.opportunities, *self.no_hint, *self.safety)]
        return max(ends, default=0.0)

    @property
    def muted(self) -> tuple[Span, ...]:
        """When listening was paused."""
        spans: list[Span] = []
        since: float | None = None
        for at, deed in self.events:
            if deed == "pause" and since is None:
                since = at
            elif deed == "resume" and since is not None:
                spans.append(Span(since, at))
                since = None
        return (*spans, *([] if since is None else [Span(since, float("inf"))]))

    def turn_at(self, at: float) -> int:
        """The number of the last turn that was begun by `at`; 0 before the first."""
        turns, ended = 0, float("-inf")
        for speech in self.speech:
            if speech.start > at:
                break
            turns += speech.start - ended >= self.pause_s
            ended = max(ended, speech.end)
        return turns


def read(data: object, name: str) -> Session:
    """A session from its JSON form; `name` stands for a missing id. Unknown fields are ignored.

    Raises SessionError.
    """
    if not isinstance(data, dict):
        raise SessionError("a session must be a JSON object")
    labels = _part(data, "labels", dict)
    return Session(
        id=str(data.get("id") or name),
        practice=str(data.get("practice") or "ifs"),
        pace=_pace(data.get("pace")),
        pause_s=_number(data, "pause_s", 1.2),
        speech=tuple(sorted(map(_speech, _part(data, "speech", list)), key=lambda s: s.start)),
        replies=_replies(_part(data, "model", list)),
        events=tuple(sorted(map(_event, _part(data, "events", list)))),
        opportunities=_spans(labels, "opportunities"),
        no_hint=_spans(labels, "no_hint"),
        safety=_spans(labels, "safety"),
    )


def _part(data: Mapping[str, Any], key: str, kind: type[Any]) -> Any:
    value = data.get(key)
    if value is None:
        return kind()
    if not isinstance(value, kind):
        raise SessionError(f"{key} must be a JSON {'object' if kind is dict else 'array'}")
    return value


def _number(data: object, key: str, default: float | None = None) -> float:
    if not isinstance(data, dict):
        raise SessionError("speech, model, events and labels hold JSON objects")
    value = data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SessionError(f"{key} must be a number")
    return float(value)


def _optional(data: Mapping[str, Any], key: str) -> float | None:
    return None if data.get(key) is None else _number(data, key)


def _pace(value: object) -> Pace:
    if value is None:
        return "balanced"
    for pace in get_args(Pace):
        if value == pace:
            return pace  # type: ignore[no-any-return]
    raise SessionError(f"pace must be {', '.join(get_args(Pace))}")


def _speech(item: object) -> Speech:
    start, end = _number(item, "from"), _number(item, "to")
    if end < start:
        raise SessionError(f"speech from {start:g} ends before it begins")
    fields: dict[str, Any] = item if isinstance(item, dict) else {}
    return Speech(
        start,
        end,
        str(fields.get("text") or ""),
        no_speech_prob=_optional(fields, "no_speech_prob"),
        avg_logprob=_optional(fields, "avg_logprob"),
        compression_ratio=_optional(fields, "compression_ratio"),
        energy_db=_optional(fields, "energy_db"),
    )


def _replies(items: list[Any]) -> Mapping[int, tuple[Reply, ...]]:
    replies: dict[int, tuple[Reply, ...]] = {}
    for item in items:
        turn = int(_number(item, "after_turn"))
        rate = _number(item, "tokens_per_s", TOKENS_PER_S)
        if rate <= 0:
            raise SessionError("tokens_per_s must be more than 0")
        first_token_s = _number(item, "first_token_s", FIRST_TOKEN_S)
        reply = Reply(str(item.get("reply") or ""), first_token_s, rate)
        replies[turn] = (*replies.get(turn, ()), reply)
    return replies


def _event(item: object) -> tuple[float, Deed]:
    at = _number(item, "at")
    do = item.get("do") if isinstance(item, dict) else None
    for deed in get_args(Deed):
        if do == deed:
            return at, deed
    raise SessionError(f"an event's do must be {', '.join(get_args(Deed))}")


def _spans(labels: Mapping[str, Any], key: str) -> tuple[Span, ...]:
    return tuple(
        Span(_number(item, "from"), _number(item, "to")) for item in _part(labels, key, list)
    )
