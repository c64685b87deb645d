"""From the partner's audio to heard segments: VAD, segments, recognition."""

import asyncio
import logging
from collections.abc import AsyncIterable, Callable
from typing import Any

import numpy as np
from livekit import rtc
from livekit.agents import APIConnectOptions, APIError, stt, vad

from coach.hints.events import (
    Event,
    Segment,
    SegmentCut,
    SegmentFailed,
    SegmentHeard,
    SpeechStarted,
    SpeechStopped,
)
from coach.tasks import Tasks
from coach.worker.clock import SessionClock
from coach.worker.segmenter import Cut, Segmenter
from coach.worker.trouble import note
from coach.worker.whisper import Figures

log = logging.getLogger("coach.worker")

RECOGNISE_SECONDS = 8.0
RECOGNISE = APIConnectOptions(max_retry=1, retry_interval=0.3, timeout=RECOGNISE_SECONDS)
PARALLEL_SEGMENTS = 2
FULL_SCALE = 32768.0
SILENCE_DB = -100.0


class Hearing:
    """Listens to frames and posts events, segments always in the order they were spoken.

    `trouble` is told the status reason when recognition fails, and "" when it works again.
    """

    def __init__(
        self,
        detector: vad.VAD,
        recogniser: stt.STT[Any],
        post: Callable[[Event], None],
        trouble: Callable[[str], None],
        clock: SessionClock,
        tasks: Tasks,
    ) -> None:
        self._detector = detector
        self._recogniser = recogniser
        self._post = post
        self._trouble = trouble
        self._clock = clock
        self._tasks = tasks
        self._segmenter = Segmenter()
        self._stream: vad.VADStream | None = None
        self._slots = asyncio.Semaphore(PARALLEL_SEGMENTS)
        self._previous: asyncio.Task[None] | None = None
        self._epoch = 0

    async def listen(self, frames: AsyncIterable[rtc.AudioFrame]) -> None:
        """Run until the frames end."""
        stream = self._detector.stream()
        self._stream = stream
        feeding = self._tasks.start(_feed(stream, frames), "vad-feed")
        try:
            async for event in stream:
                self._heed(event)
        finally:
            feeding.cancel()
            self._stream = None
            await stream.aclose()

    def flush(self) -> None:
        """The microphone fell silent for good: what was being said ends here."""
        if self._segmenter.speaking:
            now = self._clock.now()
            self._hand_over(self._segmenter.cut(now))
            self._post(SpeechStopped(now))
        self._reset()

    def discard(self) -> None:
        """Listening is no longer allowed: forget everything that isn't yet heard."""
        self._segmenter.discard()
        self._epoch += 1
        self._reset()

    def _reset(self) -> None:
        if self._stream is not None:
            self._stream.flush()

    def _heed(self, event: vad.VADEvent) -> None:
        if event.type == vad.VADEventType.START_OF_SPEECH:
            self._segmenter.begin(event.frames)
            self._post(SpeechStarted())
        elif event.type == vad.VADEventType.INFERENCE_DONE:
            self._collect(event)
        elif event.type == vad.VADEventType.END_OF_SPEECH and self._segmenter.speaking:
            ended = self._clock.now() - event.silence_duration - event.inference_duration
            self._hand_over(self._segmenter.cut(ended))
            self._post(SpeechStopped(ended))

    def _collect(self, event: vad.VADEvent) -> None:
        if not event.speaking or not self._segmenter.speaking:
            return
        quiet = event.raw_accumulated_silence > 0
        if cut := self._segmenter.push(event.frames, self._clock.now(), quiet=quiet):
            self._hand_over(cut)
            self._segmenter.begin([])

    def _hand_over(self, cut: Cut) -> None:
        self._post(SegmentCut(cut.segment_id))
        self._previous = self._tasks.start(
            self._recognise(cut, self._epoch, self._previous), "recognise"
        )

    async def _recognise(self, cut: Cut, epoch: int, before: asyncio.Task[None] | None) -> None:
        async with self._slots:
            outcome = await self._outcome(cut)
        if before is not None and not before.done():
            await asyncio.wait([before])
        if epoch == self._epoch:
            self._post(outcome)
        else:
            self._post(SegmentFailed(cut.segment_id))

    async def _outcome(self, cut: Cut) -> SegmentHeard | SegmentFailed:
        try:
            async with asyncio.timeout(RECOGNISE_SECONDS):
                answer = await self._recogniser.recognize(cut.frames, conn_options=RECOGNISE)
        except (APIError, TimeoutError) as failure:
            self._trouble(note(failure, "stt"))
            return SegmentFailed(cut.segment_id)
        self._trouble("")
        return SegmentHeard(_segment(cut, answer))


async def _feed(stream: vad.VADStream, frames: AsyncIterable[rtc.AudioFrame]) -> None:
    async for frame in frames:
        stream.push_frame(frame)
    stream.end_input()


def _segment(cut: Cut, answer: stt.SpeechEvent) -> Segment:
    heard = answer.alternatives[0] if answer.alternatives else None
    figures = (heard.metadata or {}).get("figures", Figures()) if heard else Figures()
    return Segment(
        id=cut.segment_id,
        text=heard.text if heard else "",
        started=cut.started,
        ended=cut.ended,
        no_speech_prob=figures.no_speech_prob,
        avg_logprob=figures.avg_logprob,
        compression_ratio=figures.compression_ratio,
        energy_db=level_db(cut.frames),
    )


def level_db(frames: list[rtc.AudioFrame]) -> float:
    """Mean level in dBFS; -100 for silence."""
    if not frames:
        return SILENCE_DB
    samples = np.concatenate([np.frombuffer(frame.data, np.int16) for frame in frames])
    power = float(np.mean(np.square(samples.astype(np.float32) / FULL_SCALE)))
    return max(SILENCE_DB, 10 * float(np.log10(power))) if power > 0 else SILENCE_DB
