"""What every session of this worker shares."""

import logging
from dataclasses import dataclass
from typing import Protocol

from livekit.local_inference import init_vad
from livekit.rtc._ffi_client import FfiClient
from opentelemetry.trace import Tracer

from coach.hints.prompts import Prompt
from coach.metrics import WorkerMetrics
from coach.settings import Settings
from coach.worker.limits import Limits


class Flag(Protocol):
    """Set once, and seen in every thread, or every process."""

    def is_set(self) -> bool:
        """Whether it is."""

    def set(self) -> None:
        """From now on."""


@dataclass(frozen=True)
class Setup:
    """Settings and prompt. `draining` is set once the worker takes no new
    session; sessions in threads share all of it.
    """

    settings: Settings
    prompt: Prompt
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


def prepare() -> None:
    """Once in each process that holds sessions, before any begins: load what all of them share.

    The SDK makes its client when it is first asked. Two threads that asked at once would make two,
    and the room of one of them would never be told that it has joined.
    """
    init_vad()
    _ = FfiClient.instance
    logging.getLogger("livekit.agents").addFilter(_holds_here)


def _holds_here(record: logging.LogRecord) -> bool:
    """Not the library's warning of a last turn when a session ends: turns are not its."""
    return not record.getMessage().startswith("skipping user input")
