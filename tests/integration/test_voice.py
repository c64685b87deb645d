"""Voice activity on real speech: what LiveKit's own detector finds, however the sound arrives."""

import wave

import numpy as np
import pytest
from livekit import rtc
from livekit.agents import inference, vad
from tests.support.speech import utterances

from coach.worker.voice import (
    SAMPLE_RATE,
    SILENCE_SECONDS,
    SPEECH_STARTS_SECONDS,
    WINDOW_SECONDS,
    Offset,
    Onset,
    VoiceActivity,
    Window,
)

pytestmark = pytest.mark.integration

NAMES = ("partner-monologue", "partner-father", "partner-scared")
WINDOW = round(WINDOW_SECONDS * SAMPLE_RATE)
Found = list[Onset | Window | Offset]


def spoken(name: str) -> bytes:
    """An utterance twice, with a second of silence behind each, in whole windows."""
    with wave.open(str(utterances()[name].path), "rb") as sound:
        once = sound.readframes(sound.getnframes()) + b"\0" * 2 * SAMPLE_RATE
    return (2 * once)[: len(once) // WINDOW * 2 * WINDOW]


def frames(sound: bytes, samples: int) -> list[rtc.AudioFrame]:
    pieces = [sound[at : at + 2 * samples] for at in range(0, len(sound), 2 * samples)]
    return [rtc.AudioFrame(piece, SAMPLE_RATE, 1, len(piece) // 2) for piece in pieces]


def found(sound: bytes, samples: int = WINDOW) -> Found:
    voice = VoiceActivity()
    return [one for frame in frames(sound, samples) for one in voice.push(frame)]


def data(findings: Found) -> list[bytes]:
    """The sound of each stretch of speech."""
    stretches: list[bytes] = []
    for one in findings:
        if isinstance(one, Onset):
            stretches.append(b"".join(frame.data.tobytes() for frame in one.frames))
        elif isinstance(one, Window):
            stretches[-1] += one.frame.data.tobytes()
    return stretches


async def librarys(sound: bytes) -> list[int]:
    """How much speech there was at each onset and each end, by the library's detector, in
    samples from the beginning.
    """
    stream = inference.VAD(
        min_speech_duration=SPEECH_STARTS_SECONDS, min_silence_duration=SILENCE_SECONDS
    ).stream()
    for frame in frames(sound, WINDOW):
        stream.push_frame(frame)
    stream.end_input()
    bounds = (vad.VADEventType.START_OF_SPEECH, vad.VADEventType.END_OF_SPEECH)
    places = [event.samples_index async for event in stream if event.type in bounds]
    await stream.aclose()
    return places


def ours(sound: bytes) -> list[int]:
    voice, places = VoiceActivity(), []
    for number, frame in enumerate(frames(sound, WINDOW), 1):
        bounds = [one for one in voice.push(frame) if not isinstance(one, Window)]
        places += [number * WINDOW for _ in bounds]
    return places


@pytest.mark.parametrize("name", NAMES)
async def test_speech_begins_and_ends_where_the_librarys_own_detector_says(name: str) -> None:
    places = ours(spoken(name))
    assert len(places) >= 2
    assert places == await librarys(spoken(name))


@pytest.mark.parametrize("samples", [160, 320, 1600, 5000])
def test_the_size_of_the_frames_does_not_matter(samples: int) -> None:
    sound = spoken("partner-father")
    assert data(found(sound, samples)) == data(found(sound))


@pytest.mark.parametrize("name", NAMES)
def test_a_stretch_is_one_piece_of_the_sound_and_none_is_in_two(name: str) -> None:
    sound, before = spoken(name), 0
    for stretch in data(found(sound)):
        place = sound.find(stretch, before)
        assert place >= 0
        before = place + len(stretch) - round(2 * SAMPLE_RATE * SILENCE_SECONDS)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_said_just_before_the_onset_is_heard(name: str) -> None:
    for one in found(spoken(name)):
        if isinstance(one, Onset):
            padding = round(one.padding_s * SAMPLE_RATE)
            heard = np.concatenate([np.frombuffer(frame.data, np.int16) for frame in one.frames])
            assert len(heard) / SAMPLE_RATE - one.padding_s >= SPEECH_STARTS_SECONDS
            assert 0 <= padding < SILENCE_SECONDS * SAMPLE_RATE
            assert np.abs(heard[padding:]).max() > np.abs(heard[: padding // 2]).max()


def test_other_sound_is_refused() -> None:
    with pytest.raises(ValueError, match="16 kHz"):
        VoiceActivity().push(rtc.AudioFrame(b"\0\0" * 480, 48_000, 1, 480))
