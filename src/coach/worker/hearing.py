"""From the partner's audio to heard segments: VAD, segments, recognition."""

import asyncio
import itertools
import logging
from collections.abc import AsyncIterable, Callable

import numpy as np
from livekit import rtc
from livekit.agents import stt

from coach.hints.events import (
    Event,
    Segment,
    SegmentCut,
    SegmentFailed,
    SegmentHeard,
    SpeechStopped,
)
from coach.tasks import Tasks
from coach.worker.clock import SessionClock
from coach.worker.ear import Ear, Finding, Guess
from coach.worker.recogniser import Recogniser
from coach.worker.segmenter import Cut
from coach.worker.whisper import Figures

log = logging.getLogger("coach.worker")

PARALLEL_SEGMENTS = 2
KEEP_SECONDS = 120.0
"""For how long what was said may wait for a speech service to return."""
FULL_SCALE = 32768.0
SILENCE_DB = -100.0


class Hearing:
    """Listens to frames and posts events, segments always in the order they were spoken."""

    def __init__(
        self,
        recogniser: Recogniser,
        post: Callable[[Event], None],
        clock: SessionClock,
        tasks: Tasks,
    ) -> None:
        self._recogniser = recogniser
        self._post = post
        self._clock = clock
        self._tasks = tasks
        self._slots = asyncio.Semaphore(PARALLEL_SEGMENTS)
        self._previous: asyncio.Task[None] | None = None
        self._guess: asyncio.Task[stt.SpeechEvent | None] | None = None
        self._segment_ids = itertools.count(1)
        self._epoch = 0
        self._open = False
        self._ear: Ear | None = None

    async def listen(self, frames: AsyncIterable[rtc.AudioFrame]) -> None:
        """Hear every frame that comes while open, until the frames end."""
        async for frame in frames:
            if self._open:
                self._hear(frame)
        self.flush()

    def _hear(self, frame: rtc.AudioFrame) -> None:
        self._ear = ear = self._ear or Ear(self._clock, self._found)
        try:
            ear.push(frame)
        except Exception as failure:  # noqa: BLE001 (the session would be deaf from here on)
            log.error("Sound not heard; listening anew", extra={"error": type(failure).__name__})
            self._ear = None
            self._drop_guess()
            self._post(SpeechStopped(self._clock.now()))

    def open(self) -> None:
        """Listening is allowed from now on."""
        self._open = True

    def flush(self) -> None:
        """The microphone fell silent for good: what was being said ends here."""
        ear, self._ear = self._ear, None
        if ear:
            ear.finish()

    def close(self, *, finish: bool) -> None:
        """Listening is no longer allowed. What was being said before is heard to its end, or
        forgotten; segments that are with the recogniser already are heard in any case.
        """
        self._open = False
        if not finish:
            self._ear = None
            self._drop_guess()
        self.flush()

    def forget(self) -> None:
        """Listening never was allowed: nothing that isn't yet heard counts."""
        self.close(finish=False)
        self._epoch += 1

    async def heard_out(self) -> None:
        """Wait, once closed, until all that was said before is heard."""
        if self._previous is not None:
            await asyncio.wait([self._previous])

    def _found(self, finding: Finding) -> None:
        if isinstance(finding, Guess):
            self._drop_guess()
            if finding.cut:
                self._guess = self._tasks.start(self._ask(finding.cut, self._epoch), "guess")
        elif isinstance(finding, Cut):
            self._hand_over(finding)
        else:
            self._post(finding)

    def _drop_guess(self) -> None:
        if self._guess:
            self._guess.cancel()
        self._guess = None

    def _hand_over(self, cut: Cut) -> None:
        """To the recogniser, unless it was asked for these very words ahead."""
        segment_id, epoch = next(self._segment_ids), self._epoch
        self._post(SegmentCut(segment_id))
        asked = self._guess or self._tasks.start(self._ask(cut, epoch), "recognise")
        self._guess = None
        self._previous = self._tasks.start(
            self._settle(segment_id, cut, asked, epoch, self._previous), "segment"
        )

    async def _ask(self, cut: Cut, epoch: int) -> stt.SpeechEvent | None:
        until = asyncio.get_running_loop().time() + KEEP_SECONDS
        async with self._slots:
            return await self._recogniser.recognise(cut, lambda: epoch == self._epoch, until)

    async def _settle(
        self,
        segment_id: int,
        cut: Cut,
        asked: asyncio.Task[stt.SpeechEvent | None],
        epoch: int,
        before: asyncio.Task[None] | None,
    ) -> None:
        await asyncio.wait([asked])
        answer = None if asked.cancelled() or asked.exception() else asked.result()
        if before is not None and not before.done():
            await asyncio.wait([before])
        if answer is None or epoch != self._epoch:
            self._post(SegmentFailed(segment_id))
        else:
            self._post(SegmentHeard(_segment(segment_id, cut, answer)))


def _segment(segment_id: int, cut: Cut, answer: stt.SpeechEvent) -> Segment:
    heard = answer.alternatives[0] if answer.alternatives else None
    figures = (heard.metadata or {}).get("figures", Figures()) if heard else Figures()
    return Segment(
        id=segment_id,
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
