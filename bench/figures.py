"""From times to figures: what a turn took, and where."""

from dataclasses import dataclass
from typing import Any

from bench.sides import HintTimes


@dataclass(frozen=True, slots=True)
class Sample:
    """One turn; times in ms from the end of speech, and below them where the first word's went.

    `sound_ms` is the sound's way to a bystander in the room, `silence_ms` the silence that was
    waited for before the speech went to the recogniser. Our own code's: `hearing_ms` until the
    recogniser was asked, `thinking_ms` between its answer and the model's call, `showing_ms`
    from the model's first word, or the end of the pause if that is later, to the facilitator.
    """

    first_word_ms: float
    suggestion_ms: float
    complete_ms: float
    sound_ms: float
    silence_ms: float
    provider_ms: float
    hearing_ms: float
    thinking_ms: float
    showing_ms: float
    stt_calls: int
    stt_audio_s: float
    llm_calls: int

    @property
    def own_ms(self) -> float:
        """What is neither provider, nor pause, nor the sound's way."""
        return self.hearing_ms + self.thinking_ms + self.showing_ms


@dataclass(frozen=True, slots=True)
class Taken:
    """What was measured of one turn; monotonic seconds."""

    ended: float
    sound_s: float
    times: HintTimes
    calls: list[dict[str, Any]]


def sample(taken: Taken, pause_s: float) -> Sample | None:
    """The turn's figures; None when no complete hint came."""
    times = taken.times
    if not times.complete_at:
        return None
    llm = [call for call in _of(taken, "llm") if 0 < call["first_at"] <= times.first_word_at][-1]
    stt = [call for call in _of(taken, "stt") if 0 < call["ended_at"] <= llm["at"]][-1]
    heard = taken.ended + taken.sound_s
    shown_from = max(llm["first_at"], heard + pause_s)
    stt_calls = _of(taken, "stt")
    return Sample(
        first_word_ms=_ms(times.first_word_at - taken.ended),
        suggestion_ms=_ms(times.suggestion_at - taken.ended),
        complete_ms=_ms(times.complete_at - taken.ended),
        sound_ms=_ms(taken.sound_s),
        silence_ms=_ms(stt["tail_s"]),
        provider_ms=_ms(stt["ended_at"] - stt["at"] + llm["first_at"] - llm["at"]),
        hearing_ms=_ms(stt["at"] - heard - stt["tail_s"]),
        thinking_ms=_ms(llm["at"] - stt["ended_at"]),
        showing_ms=_ms(times.first_word_at - shown_from),
        stt_calls=len(stt_calls),
        stt_audio_s=sum(call["audio_s"] for call in stt_calls),
        llm_calls=len(_of(taken, "llm")),
    )


def quantile(values: list[float], share: float) -> float:
    """By linear interpolation between the ordered values."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _of(taken: Taken, kind: str) -> list[dict[str, Any]]:
    return [call for call in taken.calls if call["kind"] == kind]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
