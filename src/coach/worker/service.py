"""A provider of one part, and whether it is to be asked now."""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from livekit.agents import APIError

from coach.worker.breaker import Breaker
from coach.worker.trouble import Part, Wish, note

log = logging.getLogger("coach.worker")

Client = TypeVar("Client", covariant=True)


@dataclass
class Service(Generic[Client]):
    """`name` is "first" or "fallback", for the log; `reason` why it failed last, "" when it
    answers.
    """

    client: Client
    part: Part
    name: str
    wish: Wish = field(default_factory=Wish)
    reason: str = ""
    _breaker: Breaker = field(default_factory=Breaker)

    def admits(self) -> bool:
        """Whether to ask it now; the caller then does."""
        return self._breaker.admits(_now())

    def wait(self) -> float:
        """Seconds until it may be asked."""
        return self._breaker.wait(_now())

    def answered(self) -> None:
        """It works."""
        if self.reason:
            log.info("Provider answers again", extra={"part": self.part, "service": self.name})
        self.reason = ""
        self._breaker.succeeded()

    def failed(self, failure: APIError | TimeoutError) -> str:
        """It doesn't: log why, leave it alone for a while, and return the status reason."""
        self.reason = note(failure, self.part, self.name)
        self._breaker.failed(_now(), self.wish.take())
        return self.reason


def _now() -> float:
    return asyncio.get_running_loop().time()
