"""An uploaded WAV file becomes what the acoustic model was trained on: 16 kHz, mono, a room."""

import io
import wave

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
PEAK = 0.7
MOST_GAIN = 20.0
ROOM_NOISE = 80 / 32768
"""Standard deviation of a quiet room (-52 dBFS). In digital silence the recogniser, whose model
knows rooms only, hears words."""

Samples = NDArray[np.float64]


class UnreadableSoundError(ValueError):
    """The upload is no WAV file with PCM samples."""


def prepared(upload: bytes) -> bytes:
    """16 bit samples of the whole file at one level. Raises UnreadableSoundError."""
    samples = _resampled(*_mono(upload))
    gain = PEAK / max(float(np.abs(samples).max(initial=0.0)), PEAK / MOST_GAIN)
    room = np.random.default_rng(seed=0).normal(0.0, ROOM_NOISE, len(samples))
    return (np.clip(samples * gain + room, -1, 1) * 32767).astype("<i2").tobytes()


def seconds(prepared_sound: bytes) -> float:
    """How long a prepared sound lasts."""
    return len(prepared_sound) / 2 / RATE


def _mono(upload: bytes) -> tuple[Samples, int]:
    try:
        with wave.open(io.BytesIO(upload), "rb") as file:
            frames = file.readframes(file.getnframes())
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
    except (wave.Error, EOFError) as error:
        raise UnreadableSoundError from error
    if width not in (2, 4) or rate <= 0:
        raise UnreadableSoundError
    whole = len(frames) - len(frames) % (width * channels)
    samples = np.frombuffer(frames[:whole], f"<i{width}").astype(np.float64)
    return samples.reshape(-1, channels).mean(axis=1) / 2.0 ** (8 * width - 1), rate


def _resampled(samples: Samples, rate: int) -> Samples:
    """At RATE; what lies above the new half rate is taken out of the spectrum first."""
    if rate == RATE or not len(samples):
        return samples
    wanted = round(len(samples) * RATE / rate)
    spectrum = np.fft.rfft(samples)
    kept = np.zeros(wanted // 2 + 1, dtype=complex)
    shared = min(len(kept), len(spectrum))
    kept[:shared] = spectrum[:shared]
    return np.fft.irfft(kept, wanted) * (wanted / len(samples))
