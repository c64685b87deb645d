"""`coach replay FILE.wav`: a recording through the real detector, recogniser and engine."""

import json
import wave
from pathlib import Path

import numpy as np
import pytest
from tests.support.coach import run_coach
from tests.support.speech import utterances

pytestmark = pytest.mark.integration


def in_stereo(source: Path, target: Path, times: int) -> None:
    """Write the same sound with two channels and so many times the rate."""
    with wave.open(str(source), "rb") as sound:
        rate, samples = sound.getframerate(), sound.readframes(sound.getnframes())
    once = np.frombuffer(samples, np.int16)
    more = np.interp(np.arange(len(once) * times) / times, np.arange(len(once)), once)
    with wave.open(str(target), "wb") as sound:
        sound.setparams((2, 2, rate * times, 0, "NONE", ""))
        sound.writeframes(np.repeat(more.astype(np.int16), 2).tobytes())


@pytest.mark.parametrize("times", [1, 3])
def test_a_recording_is_heard_and_gets_its_hint(tmp_path: Path, times: int) -> None:
    recording = tmp_path / "said.wav"
    in_stereo(utterances()["partner-looped"].path, recording, times)
    done = run_coach(tmp_path, "replay", str(recording), "--json")
    assert done.returncode == 0, done.stderr
    [outcome] = json.loads(done.stdout)
    [hint] = [hint for hint in outcome["hints"] if hint["card"] == "hint"]
    assert {section["section"] for section in hint["sections"]} >= {"suggestion", "follow_up"}


@pytest.mark.parametrize("content", [b"", b"no sound at all", b"RIFF....WAVEfmt "])
def test_what_is_no_recording_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.wav").write_bytes(content)
    done = run_coach(tmp_path, "replay", "x.wav")
    assert done.returncode == 1
    assert done.stderr.startswith("error: x.wav is not a WAV file\nhint: ")
