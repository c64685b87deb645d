"""How often one visitor may ask, counted in this process alone."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MAX_VISITORS = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """`burst` requests at once, then one more every `seconds`."""

    burst: int
    seconds: float


class Limiter:
    """Token buckets by visitor. The one not seen for longest is forgotten when there are many."""

    def __init__(self, limit: Limit, now: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._now = now
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def wait_seconds(self, visitor: str) -> float:
        """Count one request; 0 when it is within the limit, else how long to wait."""
        now, limit = self._now(), self._limit
        full_at = max(self._full_at.pop(visitor, now), now)
        excess = full_at + limit.seconds - now - limit.burst * limit.seconds
        self._full_at[visitor] = full_at if excess > 0 else full_at + limit.seconds
        if len(self._full_at) > MAX_VISITORS:
            self._full_at.popitem(last=False)
        return max(excess, 0.0)
