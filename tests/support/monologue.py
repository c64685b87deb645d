"""Speech without a pause, whose every word is known by its place in the sound."""

import io
import wave
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from tests.support.answers import Call, Reply
from tests.support.speech import Utterance, utterances

RATE = 16_000
SHORTEST_GAP_S = 0.06
SILENT_LEVEL = 150.0
WINDOW = RATE // 100

Samples = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Word:
    """A word and the moment at its middle, in seconds."""

    text: str
    at: float


class Monologue:
    """The speech files one after the other, over and over in changing order, gaps taken out.

    Faint noise makes every stretch of the sound unlike any other, so that a segment's audio tells
    where it comes from.
    """

    def __init__(self, seconds: float) -> None:
        random = np.random.default_rng(4)
        spoken = _spoken()
        sounds = squeezed()
        order = np.concatenate([random.permutation(len(spoken)) for _ in range(12)])
        ends = np.cumsum([len(sounds[i]) for i in order]) / RATE
        order = order[: int(np.searchsorted(ends, seconds)) + 1]
        joined = np.concatenate([sounds[i] for i in order])
        noise = random.integers(-3, 4, len(joined))
        self.samples: Samples = np.clip(joined + noise, -32768, 32767).astype(np.int16)
        self.seconds = len(joined) / RATE
        edges = [0.0, *ends[: len(order)]]
        self.words = [
            word
            for i, (start, end) in zip(order, pairwise(edges), strict=True)
            for word in _spread(spoken[i].text, start, end)
        ]

    def text(self, start: float = 0.0, end: float = float("inf")) -> str:
        """What is said between two moments, in seconds."""
        return " ".join(word.text for word in self.words if start <= word.at < end)

    def place(self, audio: bytes) -> tuple[float, float]:
        """Where a WAV file's audio lies, as start and end in seconds; it must be from here."""
        with wave.open(io.BytesIO(audio), "rb") as sound:
            found = self.samples.tobytes().find(sound.readframes(sound.getnframes()))
            assert found >= 0, "audio that was not said"
            return found / 2 / RATE, found / 2 / RATE + sound.getnframes() / RATE

    def transcribe(self, call: Call) -> Reply:
        """What a perfect recogniser answers."""
        return Reply(self.text(*self.place(call.audio)))


def squeezed() -> list[Samples]:
    """The partner's utterances without their gaps, in the order of the index."""
    return [_without_gaps(_samples(one)) for one in _spoken()]


def _spoken() -> list[Utterance]:
    """The partner's, but for those that are another's beginning: what was said stays certain."""
    all_of_them = [one for one in utterances().values() if one.speaker == "partner"]
    texts = [one.text for one in all_of_them]
    return [
        one
        for one in all_of_them
        if sum(text.startswith(one.text.rstrip(".")) for text in texts) == 1
    ]


def _samples(utterance: Utterance) -> Samples:
    with wave.open(str(utterance.path), "rb") as sound:
        return np.frombuffer(sound.readframes(sound.getnframes()), np.int16)


def _without_gaps(samples: Samples) -> Samples:
    windows = samples[: len(samples) // WINDOW * WINDOW].reshape(-1, WINDOW)
    levels = np.sqrt(np.mean(np.square(windows.astype(np.float64)), axis=1))
    silent = 0
    kept = []
    for window, level in zip(windows, levels, strict=True):
        silent = silent + 1 if level < SILENT_LEVEL else 0
        if silent * WINDOW <= SHORTEST_GAP_S * RATE:
            kept.append(window)
    return np.concatenate(kept)


def _spread(text: str, start: float, end: float) -> list[Word]:
    words = text.split()
    step = (end - start) / len(words)
    return [Word(word, start + (i + 0.5) * step) for i, word in enumerate(words)]
