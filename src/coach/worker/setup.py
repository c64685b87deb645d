"""What every session of this worker shares."""

from dataclasses import dataclass

from livekit.agents import vad
from livekit.plugins import silero

from coach.hints.prompts import Prompt
from coach.settings import Settings

SPEECH_STARTS_SECONDS = 0.1
SILENCE_SECONDS = 0.25
PADDING_SECONDS = 0.2
BUFFER_SECONDS = 600.0
ACTIVATION = 0.5


@dataclass(frozen=True)
class Setup:
    """Settings, prompt and the one VAD model."""

    settings: Settings
    prompt: Prompt
    detector: vad.VAD
    rehearsal: bool


def load_detector() -> vad.VAD:
    """The VAD model, loaded once a process; the padding stays below the silence, so that no
    word is in two segments, and the buffer is longer than anyone speaks without a pause.
    """
    return silero.VAD.load(
        min_speech_duration=SPEECH_STARTS_SECONDS,
        min_silence_duration=SILENCE_SECONDS,
        prefix_padding_duration=PADDING_SECONDS,
        max_buffered_speech=BUFFER_SECONDS,
        activation_threshold=ACTIVATION,
        sample_rate=16000,
    )
