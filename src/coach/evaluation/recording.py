"""A recording instead of a room: the same detector, recogniser and engine hear a WAV file."""

import asyncio
import wave
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from livekit import rtc
from livekit.agents import APIError

from coach.errors import CoachError
from coach.evaluation.model import asked
from coach.hints.prompts import Prompt
from coach.hints.replay import Replayed, replay
from coach.hints.sessions import Session, read
from coach.running import with_provider
from coach.settings import Settings
from coach.worker.clock import SessionClock
from coach.worker.ear import Ear, Finding
from coach.worker.providers import recogniser
from coach.worker.segmenter import Cut
from coach.worker.voice import SAMPLE_RATE
from coach.worker.whisper import Figures, Whisper

SAMPLE_BYTES = 2
FRAME = 512

Samples = npt.NDArray[np.int16]


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
    cuts = await asyncio.to_thread(_segments, frames)
    try:
        speech = [await _transcribed(cut, whisper) for cut in cuts]
    except APIError as failure:
        raise CoachError(
            f"the speech service gave no answer: {type(failure).__name__}",
            "check STT_BASE_URL, its key and the service",
        ) from None
    finally:
        await whisper.aclose()
    return read({"id": path.stem, "speech": speech}, path.stem)


class _FileClock(SessionClock):
    """Its time is how much of the file was heard, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0.0

    def now(self) -> float:
        return self.heard


def _segments(frames: list[rtc.AudioFrame]) -> list[Cut]:
    """What the worker would cut, on the file's own time."""
    clock, found = _FileClock(), list[Finding]()
    ear = Ear(clock, found.append)
    for frame in frames:
        clock.heard += frame.duration
        ear.push(frame)
    ear.finish()
    return [one for one in found if isinstance(one, Cut)]


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
    return _frames(_resampled(samples, rate))


def _resampled(samples: Samples, rate: int) -> Samples:
    if rate == SAMPLE_RATE:
        return samples
    resampler = rtc.AudioResampler(rate, SAMPLE_RATE)
    seconds = range(0, len(samples), rate)
    frames = [
        one for at in seconds for one in resampler.push(_frame(samples[at : at + rate], rate))
    ]
    return np.concatenate([np.frombuffer(one.data, np.int16) for one in frames + resampler.flush()])


def _frames(samples: Samples) -> list[rtc.AudioFrame]:
    places = range(0, len(samples), FRAME)
    return [_frame(samples[place : place + FRAME], SAMPLE_RATE) for place in places]


def _frame(samples: Samples, rate: int) -> rtc.AudioFrame:
    return rtc.AudioFrame(samples.tobytes(), rate, 1, len(samples))
