"""The speech files of `tests/speech`, with what is truly said in each."""

import json
import wave
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "speech"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One file: `lead_s` and `trail_s` are the seconds of silence around the words."""

    path: Path
    speaker: str
    text: str
    lead_s: float
    trail_s: float

    @property
    def seconds(self) -> float:
        with wave.open(str(self.path), "rb") as sound:
            return sound.getnframes() / sound.getframerate()


def utterances() -> dict[str, Utterance]:
    """Every utterance by the stem of its file name, such as `partner-father`."""
    entries = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
    return {
        Path(entry["file"]).stem: Utterance(
            FOLDER / entry["file"],
            entry["speaker"],
            entry["text"],
            entry["lead_s"],
            entry["trail_s"],
        )
        for entry in entries
    }


def with_silence(source: Path, target: Path, *, lead_s: float, trail_s: float) -> Path:
    """Write `source` to `target` with so many more seconds of silence around it."""
    with wave.open(str(source), "rb") as sound:
        shape, frames = sound.getparams(), sound.readframes(sound.getnframes())
    frame = b"\0" * (shape.sampwidth * shape.nchannels)
    with wave.open(str(target), "wb") as sound:
        sound.setparams(shape)
        for part in (
            frame * round(lead_s * shape.framerate),
            frames,
            frame * round(trail_s * shape.framerate),
        ):
            sound.writeframes(part)
    return target
