import io
import math
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.rehearsal import language_model, sound
from coach.rehearsal.transcript import Word, verbose

pytestmark = pytest.mark.unit


def wav(samples: NDArray[np.float64], rate: int = 16_000, channels: int = 1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(channels)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes((np.repeat(samples, channels) * 32767).astype("<i2").tobytes())
    return file.getvalue()


def tone(rate: int) -> NDArray[np.float64]:
    return 0.3 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)


def loudest_frequency(prepared: bytes) -> float:
    samples = np.frombuffer(prepared, "<i2")
    return float(np.abs(np.fft.rfft(samples)).argmax()) * sound.RATE / len(samples)


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_any_wav_becomes_16_khz_mono(rate: int, channels: int) -> None:
    prepared = sound.prepared(wav(tone(rate), rate, channels))
    assert sound.seconds(prepared) == pytest.approx(1.0, abs=0.001)
    assert loudest_frequency(prepared) == pytest.approx(440, abs=1)


def test_quiet_speech_is_brought_to_the_level_of_loud_speech() -> None:
    loud, quiet = (sound.prepared(wav(level * tone(16_000))) for level in (1.0, 0.2))
    assert np.ptp(np.frombuffer(quiet, "<i2")) == pytest.approx(
        np.ptp(np.frombuffer(loud, "<i2")), rel=0.05
    )


def test_silence_stays_nearly_silent() -> None:
    prepared = np.frombuffer(sound.prepared(wav(np.zeros(16_000))), "<i2")
    assert 0 < prepared.std() < 200


@pytest.mark.parametrize("upload", [b"", b"junk", b"RIFF\x00\x00\x00\x00WAVE"])
def test_what_is_no_sound_is_refused(upload: bytes) -> None:
    with pytest.raises(sound.UnreadableSoundError):
        sound.prepared(upload)


def spoken(*words: str | float) -> list[Word]:
    """Words of 0.3 s, and pauses of so many seconds."""
    found: list[Word] = []
    now = 0.0
    for word in words:
        pause = isinstance(word, float)
        end = now + (word if isinstance(word, float) else 0.3)
        found.append(Word("" if pause else str(word), 1.0 if pause else 0.5, now, end))
        now = end
    return found


def test_pauses_become_commas_and_sentences() -> None:
    answer = verbose(spoken(0.2, "i", "feel", 0.15, "sad", 0.4, "i'm", "here", 1.0), 3.0)
    assert answer["text"] == "I feel, sad. I'm here."
    assert [segment["text"] for segment in answer["segments"]] == ["I feel, sad.", "I'm here."]
    assert [segment["start"] for segment in answer["segments"]] == pytest.approx([0.2, 1.65])


def test_the_figures_are_of_the_words_probabilities() -> None:
    segment = verbose(spoken("i", "feel", "sad"), 0.9)["segments"][0]
    assert segment["avg_logprob"] == pytest.approx(math.log(0.5))
    assert segment["no_speech_prob"] == pytest.approx(0.5**3)


def test_no_words_are_no_text_and_no_segments() -> None:
    answer = verbose(spoken(2.0), 2.0)
    assert (answer["text"], answer["segments"]) == ("", [])


class Arpa:
    """A model file as a decoder reads it."""

    def __init__(self, path: Path) -> None:
        self.probability: dict[tuple[str, ...], float] = {}
        self.backoff: dict[tuple[str, ...], float] = {}
        size = 0
        for line in path.read_text(encoding="ascii").splitlines():
            if line.endswith("-grams:"):
                size = int(line[1])
            elif size and line and not line.startswith("\\"):
                logarithm, *fields = line.split()
                self.probability[tuple(fields[:size])] = 10 ** float(logarithm)
                self.backoff[tuple(fields[:size])] = 10 ** float([*fields[size:], "0"][0])

    def after(self, history: tuple[str, ...], word: str) -> float:
        if (*history, word) in self.probability:
            return self.probability[*history, word]
        return self.backoff.get(history, 1.0) * self.after(history[1:], word)


@pytest.mark.parametrize("history", [(), ("<s>",), ("my",), ("a", "part"), ("never", "heard")])
def test_after_any_words_the_probabilities_make_a_whole(
    tmp_path: Path, history: tuple[str, ...]
) -> None:
    vocabulary = language_model.write(tmp_path / "model.arpa")
    model = Arpa(tmp_path / "model.arpa")
    followers = [*vocabulary, language_model.END]
    assert sum(model.after(history, word) for word in followers) == pytest.approx(1.0, abs=0.01)


def test_the_model_knows_full_and_contracted_forms_and_clauses() -> None:
    sentences = {" ".join(words) for words in language_model.sentences()}
    assert {"i am shaking", "i'm shaking", "i do not know", "i don't know"} <= sentences
    assert "and it is hard to breathe" in sentences
    assert not any("," in sentence for sentence in sentences)
