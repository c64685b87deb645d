"""The session's clock: monotonic seconds inside, wall-clock milliseconds on the wire."""

import time


class SessionClock:
    """Monotonic time that can be told as wall-clock time."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def now(self) -> float:
        """Seconds, monotonic."""
        return time.monotonic()

    def epoch_ms(self, moment: float) -> int:
        """A moment of this clock as milliseconds since the epoch."""
        return round((moment + self._offset) * 1000)
