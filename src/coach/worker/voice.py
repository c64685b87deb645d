"""Voice activity: where in a stretch of sound somebody speaks."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from livekit import rtc
from livekit.local_inference import VAD, VAD_WINDOW_SAMPLES

SAMPLE_RATE = 16_000
WINDOW_SECONDS = VAD_WINDOW_SAMPLES / SAMPLE_RATE
ACTIVATION = 0.5
DEACTIVATION = 0.35
"""Speech has begun above the one, and goes on above the other."""
SPEECH_STARTS_SECONDS = 0.1
SILENCE_SECONDS = 0.25
PADDING_WINDOWS = 6
"""Kept of the silence before speech: less than ends it, so that no word is in two segments."""


@dataclass(frozen=True, slots=True)
class Onset:
    """Speech has begun: its sound so far, of which the first seconds are from before."""

    frames: list[rtc.AudioFrame]
    padding_s: float


@dataclass(frozen=True, slots=True)
class Window:
    """The next piece while somebody speaks; at its end it has been silent for so many seconds."""

    frame: rtc.AudioFrame
    silence_s: float


@dataclass(frozen=True, slots=True)
class Offset:
    """Speech has ended, so many seconds ago."""

    silence_s: float


class VoiceActivity:
    """Looks at one stretch of sound, window by window (Silero VAD, of LiveKit's local inference).

    It works within the caller's thread: a window takes 0.2 ms, and to hand it to another thread
    and back takes longer than that.
    """

    def __init__(self) -> None:
        self._model = VAD()
        self._rest: npt.NDArray[np.int16] = np.empty(0, np.int16)
        self._recent: deque[rtc.AudioFrame] = deque()
        self._speaking = False
        self._speech_s = 0.0
        self._silence_s = 0.0

    def push(self, frame: rtc.AudioFrame) -> list[Onset | Window | Offset]:
        """What is found in sound of 16 kHz, mono; what doesn't fill a window waits for more.

        Raises ValueError for sound of another kind.
        """
        if (frame.sample_rate, frame.num_channels) != (SAMPLE_RATE, 1):
            raise ValueError("voice is detected in mono sound of 16 kHz")
        samples = np.frombuffer(frame.data, np.int16)
        if len(self._rest):
            samples = np.concatenate([self._rest, samples])
        whole = len(samples) - len(samples) % VAD_WINDOW_SAMPLES
        self._rest = samples[whole:]
        windows = samples[:whole].reshape(-1, VAD_WINDOW_SAMPLES)
        return [found for window in windows for found in self._look(window)]

    def _look(self, samples: npt.NDArray[np.int16]) -> Iterator[Onset | Window | Offset]:
        probability = self._model.predict(samples)
        frame = rtc.AudioFrame(samples.tobytes(), SAMPLE_RATE, 1, len(samples))
        if probability >= ACTIVATION or (self._speaking and probability > DEACTIVATION):
            self._speech_s, self._silence_s = self._speech_s + WINDOW_SECONDS, 0.0
        else:
            self._speech_s, self._silence_s = 0.0, self._silence_s + WINDOW_SECONDS
        self._recent.append(frame)
        yield from self._go_on(frame) if self._speaking else self._wait()

    def _wait(self) -> Iterator[Onset]:
        if not self._speech_s:
            self._keep_padding()
        elif self._speech_s >= SPEECH_STARTS_SECONDS:
            self._speaking = True
            frames = list(self._recent)
            yield Onset(frames, len(frames) * WINDOW_SECONDS - self._speech_s)

    def _go_on(self, frame: rtc.AudioFrame) -> Iterator[Window | Offset]:
        self._keep_padding()
        yield Window(frame, self._silence_s)
        if self._silence_s >= SILENCE_SECONDS:
            self._speaking = False
            yield Offset(self._silence_s)

    def _keep_padding(self) -> None:
        while len(self._recent) > PADDING_WINDOWS:
            self._recent.popleft()
