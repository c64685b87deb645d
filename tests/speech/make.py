"""Make the speech files that `index.json` describes: espeak-ng speaks, sox resamples and pads.

Run it after a change of the index: `python tests/speech/make.py` (needs espeak-ng and sox).
The files are 16 kHz, mono, 16 bit PCM: what Chromium's fake microphone and the recogniser take.
"""

import json
import subprocess
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
PEAK_DB = "-3"


def main() -> None:
    for entry in json.loads((FOLDER / "index.json").read_text(encoding="utf-8")):
        make(entry)


def make(entry: dict[str, Any]) -> None:
    spoken = speak(entry)
    shape = ["norm", PEAK_DB, "pad", str(entry["lead_s"]), str(entry["trail_s"])]
    target = ["-r", "16000", "-c", "1", "-b", "16", str(FOLDER / entry["file"])]
    subprocess.run(["sox", "-D", "-t", "wav", "-", *target, *shape], input=spoken, check=True)


def speak(entry: dict[str, Any]) -> bytes:
    manner = ["-v", entry["voice"], "-s", str(entry["words_per_minute"]), "-p", str(entry["pitch"])]
    command = ["espeak-ng", *manner, "--stdout", entry["text"]]
    return subprocess.run(command, check=True, capture_output=True).stdout


if __name__ == "__main__":
    main()
