"""The offline recogniser, a process of its own: pocketsphinx holds the interpreter while it works.

Standard input brings `LENGTH\\n` and as many bytes of a WAV file, again and again; each is answered
by one line of JSON. The first line says that it is ready; the end of the input ends it.
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from pocketsphinx import Decoder, get_model_path

from coach.rehearsal import language_model, sound, transcript
from coach.rehearsal.transcript import Word

FRAME_SECONDS = 0.01
GAUSSIANS = 8
"""Twice the decoder's default: a fifth fewer wrong words for a quarter more time."""


def main() -> None:
    """Answer until the input ends."""
    decoder = load()
    reply({"ready": True})
    for upload in uploads(sys.stdin.buffer):
        reply(answer(decoder, upload))


def load() -> Decoder:
    """The wheel's American English sounds, with our words and language model."""
    with tempfile.TemporaryDirectory() as folder:
        model, dictionary = Path(folder, "partner.arpa"), Path(folder, "partner.dict")
        _write_dictionary(dictionary, language_model.write(model))
        return Decoder(
            hmm=get_model_path("en-us/en-us"),
            lm=str(model),
            dict=str(dictionary),
            topn=GAUSSIANS,
            loglevel="ERROR",
        )


def uploads(stream: BinaryIO) -> Iterator[bytes]:
    """Each file that comes in, until the end."""
    while length := stream.readline():
        yield stream.read(int(length))


def answer(decoder: Decoder, upload: bytes) -> dict[str, Any]:
    """The transcript of a file, or what is wrong with it."""
    try:
        prepared = sound.prepared(upload)
    except sound.UnreadableSoundError:
        return {"error": "unreadable_sound"}
    return transcript.verbose(words(decoder, prepared), sound.seconds(prepared))


def words(decoder: Decoder, prepared: bytes) -> list[Word]:
    """What was said in 16 kHz, 16 bit, mono samples; pauses and noises are words without text."""
    if not prepared:
        return []
    decoder.start_utt()
    decoder.process_raw(prepared, full_utt=True)
    decoder.end_utt()
    return [
        Word(
            text=_spelled(found.word),
            probability=min(1.0, found.prob),
            start=found.start_frame * FRAME_SECONDS,
            end=(found.end_frame + 1) * FRAME_SECONDS,
        )
        for found in decoder.seg()
    ]


def reply(message: dict[str, Any]) -> None:
    """One line for the parent."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _spelled(entry: str) -> str:
    """Without the number of the pronunciation; "" for silence, noises and the sentence's ends."""
    return "" if entry[0] in "<[+" else re.sub(r"\(\d+\)$", "", entry)


def _write_dictionary(path: Path, vocabulary: set[str]) -> None:
    """Our words' lines of the wheel's dictionary. Raises ValueError for a word it lacks."""
    whole = Path(get_model_path("en-us/cmudict-en-us.dict")).read_text(encoding="utf-8")
    lines = [line for line in whole.splitlines() if _spelled(line.split()[0]) in vocabulary]
    if unknown := vocabulary - {_spelled(line.split()[0]) for line in lines}:
        raise ValueError(f"no pronunciation for: {', '.join(sorted(unknown))}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
