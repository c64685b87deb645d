"""What a lexicon holds."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Lexicon:
    """One language. `common` tells the language; the patterns weigh what a turn is about.

    `strong` and `mild` speak of the inner life; `chat` and `everyday` of anything but; `filler`
    says nothing; `hold` asks for quiet; `tears` are flowing; `unfinished` last words go on.
    In a `thorough` lexicon it means something that no word of a turn is known.
    """

    code: str
    common: frozenset[str]
    filler: re.Pattern[str]
    strong: re.Pattern[str]
    mild: re.Pattern[str]
    chat: re.Pattern[str]
    everyday: re.Pattern[str]
    hold: re.Pattern[str]
    tears: re.Pattern[str]
    unfinished: frozenset[str]
    thorough: bool = False
