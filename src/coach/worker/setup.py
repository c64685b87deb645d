"""What every session of this worker shares."""

import logging
from dataclasses import dataclass
from typing import Protocol

from livekit.agents import inference, vad
from opentelemetry.trace import Tracer

from coach.hints.prompts import Prompt
from coach.metrics import WorkerMetrics
from coach.settings import Settings
from coach.worker.limits import Limits

SPEECH_STARTS_SECONDS = 0.1
SILENCE_SECONDS = 0.25
PADDING_SECONDS = 0.2
BUFFER_SECONDS = 2.0
ACTIVATION = 0.5


class Flag(Protocol):
    """Set once, and seen in every thread, or every process."""

    def is_set(self) -> bool:
        """Whether it is."""

    def set(self) -> None:
        """From now on."""


@dataclass(frozen=True)
class Setup:
    """Settings, prompt and the one VAD model. `draining` is set once the worker takes no new
    session; sessions in threads share all of it.
    """

    settings: Settings
    prompt: Prompt
    detector: vad.VAD
    rehearsal: bool
    metrics: WorkerMetrics
    draining: Flag
    tracer: Tracer

    def limits(self) -> Limits:
        """What a session may use up."""
        settings = self.settings
        return Limits(
            seconds=settings.session_max_minutes * 60.0,
            calls=settings.session_max_calls_per_minute,
            cost=settings.session_max_cost,
            minute_price=settings.stt_price_per_minute,
            input_price=settings.llm_price_per_million_in,
            output_price=settings.llm_price_per_million_out,
        )


def load_detector() -> vad.VAD:
    """The VAD model, loaded with its package; the padding stays below the silence, so that no
    word is in two segments. Its own buffer only has to hold an onset: segments are collected
    from the windows.
    """
    logging.getLogger("livekit.agents").addFilter(_holds_here)
    return inference.VAD(
        min_speech_duration=SPEECH_STARTS_SECONDS,
        min_silence_duration=SILENCE_SECONDS,
        prefix_padding_duration=PADDING_SECONDS,
        max_buffered_speech=BUFFER_SECONDS,
        activation_threshold=ACTIVATION,
    )


def _holds_here(record: logging.LogRecord) -> bool:
    """Not the warning of a speech that is too long for the detector's buffer, nor that of the
    last turn, which is not the library's, when a session ends.
    """
    return not record.getMessage().startswith(("max_buffered_speech", "skipping user input"))
