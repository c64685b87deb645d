"""Speech as samples, and where it can be heard."""

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 16_000
FRAME = RATE // 10
"""Samples that a microphone hands over at once; each time wakes every room of the process."""
LOUD = 327
"""Samples beyond this count as sound: 1 % of full scale."""

Samples = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Sound:
    """A file's samples in whole frames; `last_loud` is the index of the last audible one."""

    samples: Samples
    last_loud: int


def load_sound(path: Path) -> Sound:
    """Read a 16 kHz mono file and drop the silence at its end."""
    with wave.open(str(path), "rb") as file:
        if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (RATE, 1, 2):
            raise ValueError(f"{path.name} is not 16 kHz mono")
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    last = last_loud(samples)
    return Sound(np.pad(samples[: last + 1], (0, -(last + 1) % FRAME)), last)


def last_loud(samples: Samples) -> int:
    """The index of the last audible sample; -1 without one."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > LOUD)
    return int(loud[-1]) if loud.size else -1
