"""When a failing service may be asked again. Pure: times are handed in, in seconds of one clock."""

WAITS_SECONDS = (1.0, 2.0, 4.0, 8.0, 15.0)
PROBE_SECONDS = 10.0
LONGEST_WAIT_SECONDS = 300.0


class Breaker:
    """Lets every call through while the service answers. After a failure none for a while, longer
    each time; then one as a probe, which closes the gap or begins a longer wait.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._shut_until = 0.0

    def admits(self, now: float) -> bool:
        """Whether a call may be made now; the caller then makes it. A probe of which nothing is
        heard, because it was given up, holds back the next one for ten seconds only.
        """
        if now < self._shut_until:
            return False
        if self._failures:
            self._shut_until = now + PROBE_SECONDS
        return True

    def wait(self, now: float) -> float:
        """Seconds until a call may be made."""
        return max(0.0, self._shut_until - now)

    def succeeded(self) -> None:
        """The service answers."""
        self._failures, self._shut_until = 0, 0.0

    def failed(self, now: float, retry_after: float = 0.0) -> None:
        """The service failed, and wants to be left alone for `retry_after` seconds at least (a
        wish of more than five minutes counts as five).
        """
        wait = WAITS_SECONDS[min(self._failures, len(WAITS_SECONDS) - 1)]
        self._failures += 1
        self._shut_until = now + max(wait, min(retry_after, LONGEST_WAIT_SECONDS))
