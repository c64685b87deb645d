"""One uninterrupted stretch of listening: the partner's frames in, speech and segments out."""

from collections.abc import Callable
from dataclasses import dataclass

from livekit import rtc
from livekit.agents import vad

from coach.hints.events import SpeechStarted, SpeechStopped
from coach.worker.clock import SessionClock
from coach.worker.segmenter import Cut, Segmenter, duration

DIP = 0.35
"""Below this the detector, too, takes a window for silence."""
GUESSES = 2


@dataclass(frozen=True, slots=True)
class Guess:
    """The segment as it is if the speech ends at this dip; None when the speech went on."""

    cut: Cut | None


Finding = SpeechStarted | SpeechStopped | Guess | Cut


class Ear:
    """Voice activity and segments of one stretch; nothing of it reaches the next one.

    `found` is told, in order, when speech starts, what may become a segment, each segment, and
    when speech stops.
    """

    def __init__(
        self, detector: vad.VAD, clock: SessionClock, found: Callable[[Finding], None]
    ) -> None:
        self._stream = detector.stream()
        self._clock = clock
        self._found = found
        self._segmenter = Segmenter()
        self._guessing = False
        self._guesses = 0
        self._finished = False
        self._forgotten = False

    def push(self, frame: rtc.AudioFrame) -> None:
        """Hear a frame."""
        self._stream.push_frame(frame)

    def finish(self) -> None:
        """No frame follows: `run` hears out those that it has, and returns."""
        if not self._finished:
            self._finished = True
            self._stream.end_input()

    def forget(self) -> None:
        """No frame follows, and what is not yet a segment never becomes one."""
        self._forgotten = True
        self.finish()

    async def run(self) -> None:
        """Work until finished."""
        try:
            async for event in self._stream:
                if not self._forgotten:
                    self._heed(event)
            if self._segmenter.speaking and not self._forgotten:
                self._stop(silence=0.0)
        finally:
            await self._stream.aclose()

    def _heed(self, event: vad.VADEvent) -> None:
        if event.type == vad.VADEventType.START_OF_SPEECH:
            padding = duration(event.frames) - event.speech_duration
            self._segmenter.begin(event.frames, max(0.0, padding))
            self._found(SpeechStarted())
        elif event.type == vad.VADEventType.END_OF_SPEECH:
            self._stop(event.silence_duration)
        elif self._segmenter.speaking:
            self._go_on(event)

    def _go_on(self, event: vad.VADEvent) -> None:
        now, dips = self._clock.now(), event.probability < DIP
        quiet = event.raw_accumulated_silence > 0
        cut = self._segmenter.push(event.frames, now, quiet=quiet)
        if self._guessing and (cut or not dips):
            self._guessing = False
            self._found(Guess(None))
        if cut:
            self._guesses = 0
            self._found(cut)
        elif dips and not self._guessing and self._guesses < GUESSES:
            self._guessing, self._guesses = True, self._guesses + 1
            self._found(Guess(self._segmenter.so_far(now, event.raw_accumulated_silence)))

    def _stop(self, silence: float) -> None:
        self._guessing, self._guesses = False, 0
        cut = self._segmenter.end(self._clock.now(), silence)
        self._found(cut)
        self._found(SpeechStopped(cut.ended))
