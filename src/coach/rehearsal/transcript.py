"""What the decoder found becomes text and figures in the form that Whisper answers in."""

import math
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

COMMA_SECONDS = 0.12
SENTENCE_SECONDS = 0.25
LEAST_PROBABILITY = 1e-4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the dictionary, or "" for a stretch without one; times in seconds.

    `probability` is the decoder's posterior: its share among all that the sound could have been.
    """

    text: str
    probability: float
    start: float
    end: float


def verbose(words: Iterable[Word], duration: float) -> dict[str, Any]:
    """An answer in the form `verbose_json`; a segment is what lies between two longer pauses."""
    segments = [
        _segment(number, sentence) for number, sentence in enumerate(_sentences(list(words)))
    ]
    return {
        "task": "transcribe",
        "language": "english",
        "duration": duration,
        "text": " ".join(segment["text"] for segment in segments),
        "segments": segments,
    }


def _sentences(words: list[Word]) -> Iterator[list[Word]]:
    sentence: list[Word] = []
    for word in words:
        if not word.text and word.end - word.start >= SENTENCE_SECONDS:
            yield from _spoken(sentence)
            sentence = []
        else:
            sentence.append(word)
    yield from _spoken(sentence)


def _spoken(sentence: list[Word]) -> Iterator[list[Word]]:
    if any(word.text for word in sentence):
        yield sentence


def _segment(number: int, sentence: list[Word]) -> dict[str, Any]:
    text = _written(sentence)
    spoken = [word for word in sentence if word.text]
    return {
        "id": number,
        "seek": 0,
        "start": spoken[0].start,
        "end": spoken[-1].end,
        "text": text,
        "tokens": [],
        "temperature": 0.0,
        "avg_logprob": _mean_log(spoken),
        "compression_ratio": len(text) / len(zlib.compress(text.encode())),
        "no_speech_prob": math.prod(1 - word.probability for word in spoken),
    }


def _mean_log(words: list[Word]) -> float:
    logs = [math.log(max(word.probability, LEAST_PROBABILITY)) for word in words]
    return sum(logs) / len(logs)


def _written(sentence: list[Word]) -> str:
    text = "".join(_with_space(word) for word in sentence).strip(" ,")
    return text[:1].upper() + text[1:] + "."


def _with_space(word: Word) -> str:
    if word.text:
        return " " + ("I" + word.text[1:] if word.text.split("'")[0] == "i" else word.text)
    return "," if word.end - word.start >= COMMA_SECONDS else ""
