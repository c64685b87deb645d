"""A recording instead of a room: the same detector, recogniser and engine hear a WAV file."""

import asyncio
import wave
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
from livekit import rtc
from livekit.agents import APIError, vad

from coach.errors import CoachError
from coach.evaluation.model import asked
from coach.hints.prompts import Prompt
from coach.hints.replay import Replayed, replay
from coach.hints.sessions import Session, read
from coach.running import with_provider
from coach.settings import Settings
from coach.worker.providers import recogniser
from coach.worker.segmenter import Cut, Segmenter
from coach.worker.setup import PADDING_SECONDS, load_detector
from coach.worker.whisper import Figures, Whisper

FRAME_SECONDS = 0.02
SAMPLE_BYTES = 2


async def replay_recording(
    path: Path, settings: Settings, prompt: Prompt
) -> tuple[Session, Replayed]:
    """Transcribe the file with the service of the settings, and replay what was heard with its
    model; without a key both are the rehearsal's.

    Raises CoachError when the file isn't 16-bit PCM or a service refuses.
    """
    frames = _read(path)
    async with _provided(settings) as provided:
        session = await _heard(path, frames, recogniser(provided))
        answers = asked(provided.llm_model, provided)
        return session, await asyncio.to_thread(replay, session, prompt, answers)


@asynccontextmanager
async def _provided(settings: Settings) -> AsyncIterator[Settings]:
    async with AsyncExitStack() as stack:
        provided, _ = await with_provider(settings, stack, lambda _line: None)
        yield provided


async def _heard(path: Path, frames: list[rtc.AudioFrame], whisper: Whisper) -> Session:
    try:
        speech = [await _transcribed(cut, whisper) for cut in await _segments(frames)]
    except APIError as failure:
        raise CoachError(
            f"the speech service gave no answer: {type(failure).__name__}",
            "check STT_BASE_URL, its key and the service",
        ) from None
    finally:
        await whisper.aclose()
    return read({"id": path.stem, "speech": speech}, path.stem)


async def _segments(frames: list[rtc.AudioFrame]) -> list[Cut]:
    """What the worker would cut, on the file's own time."""
    stream = load_detector().stream()
    for frame in frames:
        stream.push_frame(frame)
    stream.end_input()
    segmenter, cuts = Segmenter(), []
    ended = 0.0
    async for event in stream:
        ended = event.timestamp
        if event.type == vad.VADEventType.START_OF_SPEECH:
            segmenter.begin(event.frames, PADDING_SECONDS)
        elif event.type == vad.VADEventType.END_OF_SPEECH and segmenter.speaking:
            cuts.append(segmenter.end(ended, event.silence_duration))
        elif event.type == vad.VADEventType.INFERENCE_DONE and segmenter.speaking:
            quiet = event.raw_accumulated_silence > 0
            if cut := segmenter.push(event.frames, ended, quiet=quiet):
                cuts.append(cut)
    if segmenter.speaking:
        cuts.append(segmenter.end(ended, 0.0))
    return cuts


async def _transcribed(cut: Cut, whisper: Whisper) -> dict[str, Any]:
    answer = await whisper.recognize(cut.frames)
    heard = answer.alternatives[0]
    figures: Figures = (heard.metadata or {})["figures"]
    spoken: dict[str, Any] = {"from": max(0.0, cut.started), "to": cut.ended, "text": heard.text}
    for name in ("no_speech_prob", "avg_logprob"):
        if (value := getattr(figures, name)) is not None:
            spoken[name] = value
    return spoken


def _read(path: Path) -> list[rtc.AudioFrame]:
    try:
        with wave.open(str(path), "rb") as sound:
            rate, channels, width = (
                sound.getframerate(),
                sound.getnchannels(),
                sound.getsampwidth(),
            )
            data = sound.readframes(sound.getnframes())
    except FileNotFoundError:
        raise CoachError(f"{path} does not exist", "name a WAV file") from None
    except (OSError, EOFError, wave.Error):
        raise CoachError(f"{path} is not a WAV file", "record as 16-bit PCM") from None
    if width != SAMPLE_BYTES:
        raise CoachError(f"{path} has {8 * width}-bit samples", "record as 16-bit PCM")
    samples = np.frombuffer(data, np.int16).reshape(-1, channels).mean(axis=1).astype(np.int16)
    size = int(rate * FRAME_SECONDS)
    return [
        rtc.AudioFrame(piece.tobytes(), rate, 1, len(piece))
        for piece in np.array_split(samples, max(1, len(samples) // size))
        if len(piece)
    ]
