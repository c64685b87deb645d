"""What a session may use up: time, model calls a minute, and money. Pure: times are handed in."""

from collections import deque
from dataclasses import dataclass

TIME, COST, CALLS = "time_limit", "cost_limit", "calls_limit"
MINUTE = 60.0
CHARACTERS_A_TOKEN = 3.5
"""Less than what English has, so that the estimate is rather too high."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` and `cost` of a session, `calls` of the model in any minute. Prices in the
    currency of `cost`: for a minute of sound, and for a million tokens asked and answered.
    """

    seconds: float
    calls: int
    cost: float
    minute_price: float
    input_price: float
    output_price: float


class Budget:
    """Keeps account of one session, of which an earlier coach may have spent something. Costs are
    estimates from the length of sound and text.
    """

    def __init__(self, limits: Limits, spent_seconds: float = 0.0, cost: float = 0.0) -> None:
        self._limits = limits
        self._began = -spent_seconds
        self._calls: deque[float] = deque()
        self._cost = cost

    @property
    def cost(self) -> float:
        """What was spent so far."""
        return self._cost

    def left(self, seconds: float) -> float:
        """Seconds until its longest time is reached, `seconds` after this account was opened."""
        return self._limits.seconds - (seconds - self._began)

    def used_up(self, seconds: float) -> str:
        """Which limit ends the session, `seconds` after this account was opened; "" while none
        does.
        """
        if self.left(seconds) <= 0:
            return TIME
        return COST if self._cost >= self._limits.cost else ""

    def may_call(self, now: float) -> bool:
        """Whether the model may be called now; the caller then calls it."""
        while self._calls and now - self._calls[0] >= MINUTE:
            self._calls.popleft()
        if len(self._calls) >= self._limits.calls:
            return False
        self._calls.append(now)
        return True

    def asked(self, characters: int) -> None:
        """A request of this length went to the model."""
        self._spend(characters, self._limits.input_price)

    def answered(self, characters: int) -> None:
        """So much came back."""
        self._spend(characters, self._limits.output_price)

    def heard(self, seconds: float) -> None:
        """So much sound was recognised."""
        self._cost += seconds / MINUTE * self._limits.minute_price

    def _spend(self, characters: int, price: float) -> None:
        self._cost += characters / CHARACTERS_A_TOKEN * price / 1_000_000
