"""One uninterrupted stretch of listening: the partner's frames in, speech and segments out."""

from collections.abc import Callable
from dataclasses import dataclass

from livekit import rtc

from coach.hints.events import SpeechStarted, SpeechStopped
from coach.worker.clock import SessionClock
from coach.worker.segmenter import Cut, Segmenter
from coach.worker.voice import Onset, VoiceActivity, Window

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

    def __init__(self, clock: SessionClock, found: Callable[[Finding], None]) -> None:
        self._voice = VoiceActivity()
        self._clock = clock
        self._found = found
        self._segmenter = Segmenter()
        self._guessing = False
        self._guesses = 0

    def push(self, frame: rtc.AudioFrame) -> None:
        """Hear a frame of 16 kHz, mono."""
        for heard in self._voice.push(frame):
            if isinstance(heard, Onset):
                self._segmenter.begin(heard.frames, heard.padding_s)
                self._found(SpeechStarted())
            elif isinstance(heard, Window):
                self._go_on(heard)
            else:
                self._stop(heard.silence_s)

    def finish(self) -> None:
        """No frame follows: what was being said ends here."""
        if self._segmenter.speaking:
            self._stop(silence=0.0)

    def _go_on(self, window: Window) -> None:
        now, dips = self._clock.now(), window.silence_s > 0
        cut = self._segmenter.push(window.frame, now, quiet=dips)
        if self._guessing and (cut or not dips):
            self._guessing = False
            self._found(Guess(None))
        if cut:
            self._guesses = 0
            self._found(cut)
        elif dips and self._may_guess():
            self._guessing, self._guesses = True, self._guesses + 1
            self._found(Guess(self._segmenter.so_far(now, window.silence_s)))

    def _may_guess(self) -> bool:
        return self._segmenter.voiced and not self._guessing and self._guesses < GUESSES

    def _stop(self, silence: float) -> None:
        """What follows a cut and is silence alone is no segment."""
        self._guessing, self._guesses = False, 0
        voiced = self._segmenter.voiced
        cut = self._segmenter.end(self._clock.now(), silence)
        if voiced:
            self._found(cut)
        self._found(SpeechStopped(cut.ended))
