"""How an engine is set up."""

from dataclasses import dataclass

from coach.hints.events import Pace


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """Times in seconds.

    `pause_s` ends a turn; `unfinished_pause_s` is waited for after words that plainly go on.
    A hint not on the screen `late_s` after the last word is dropped, and the pace holds none
    back for longer than `hold_s` after it. `answer_s` bounds the answer to "hint now", and
    `silence_s` without a word is a long silence. `language` is what hints are written in, by
    name or two-letter code.
    """

    pause_s: float = 1.2
    unfinished_pause_s: float = 3.0
    late_s: float = 6.0
    hold_s: float = 3.0
    answer_s: float = 6.0
    silence_s: float = 20.0
    pace: Pace = "balanced"
    language: str = "en"
    max_tokens: int = 220


@dataclass(frozen=True, slots=True)
class PastTurn:
    """A turn of the same session before a restart; `number` as in its turn_id."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Resume:
    """What an engine has to know of the session that it takes over.

    `hints` are the texts shown, oldest first; `hints_shown` counts ordinary hint cards.
    """

    last_seq: int = 0
    hints_shown: int = 0
    turns: tuple[PastTurn, ...] = ()
    hints: tuple[str, ...] = ()
