"""The provider's ear for a crowd: from which utterance a sound is, and which of its words.

It goes by loudness alone, 20 ms at a time, which is enough to tell a handful of files apart.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from bench.sound import RATE, Samples, load_sound
from tests.support.speech import Utterance

WINDOW_SECONDS = 0.02
Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Known:
    """An utterance, and its loudness with room before and after it."""

    said: Utterance
    curve: Curve

    def words(self, start_s: float, end_s: float) -> str:
        """Those of this stretch of the file."""
        words = self.said.text.split()
        spoken_s = len(self.curve) * WINDOW_SECONDS - self.said.lead_s
        first, last = (
            round(len(words) * min(1.0, max(0.0, (seconds - self.said.lead_s) / spoken_s)))
            for seconds in (start_s, end_s)
        )
        return " ".join(words[first:last])


class Listener:
    """Knows its utterances by heart."""

    def __init__(self, utterances: list[Utterance]) -> None:
        self._known = [
            _Known(said, loudness(load_sound(said.path).samples, RATE)) for said in utterances
        ]

    def words(self, samples: Samples, rate: int) -> str:
        """What is said in these samples; "" for silence."""
        heard = loudness(samples, rate)
        if not heard.any():
            return ""
        places = [_best_place(heard, known.curve) for known in self._known]
        best = max(range(len(places)), key=lambda number: places[number][0])
        start_s = places[best][1] * WINDOW_SECONDS
        return self._known[best].words(start_s, start_s + len(heard) * WINDOW_SECONDS)


def loudness(samples: Samples, rate: int) -> Curve:
    """The mean amplitude of each window."""
    window = round(rate * WINDOW_SECONDS)
    whole = len(samples) // window * window
    amplitude = np.abs(samples[:whole].astype(np.float64)).reshape(-1, window)
    return np.asarray(amplitude.mean(axis=1), np.float64)


def _best_place(heard: Curve, curve: Curve) -> tuple[float, int]:
    """How alike the two are where they are most, and the window of `curve` at which that is."""
    padded = np.pad(curve, len(heard))
    places = np.lib.stride_tricks.sliding_window_view(padded, len(heard))
    norms = np.linalg.norm(places, axis=1) * np.linalg.norm(heard)
    likeness = places @ heard / np.maximum(norms, np.linalg.norm(heard))
    best = int(np.argmax(likeness))
    return float(likeness[best]), best - len(heard)
