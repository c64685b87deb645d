"""`coach replay FILE.wav`: a recording through the real detector, recogniser and engine."""

import json
from pathlib import Path

import pytest
from tests.support.coach import run_coach
from tests.support.speech import utterances

pytestmark = pytest.mark.integration


def test_a_recording_is_heard_and_gets_its_hint(tmp_path: Path) -> None:
    recording = utterances()["partner-looped"].path
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
