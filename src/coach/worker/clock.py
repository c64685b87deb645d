"""The session's clock: monotonic seconds inside, wall-clock milliseconds on the wire."""

import time


class SessionClock:
    """Monotonic time that can be told as wall-clock time."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def now(self) -> float:
        """Seconds, monotonic."""
        return time.monotonic()

    def age(self, began: int) -> float:
        """Seconds since a moment of wall-clock time, itself in seconds since the epoch."""
        return max(0.0, time.monotonic() + self._offset - began)

    def epoch_ms(self, moment: float) -> int:
        """A moment of this clock as milliseconds since the epoch."""
        return round((moment + self._offset) * 1000)
