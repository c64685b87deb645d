"""Keeps a session to its limits, and tells both people in time that it nears its longest time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
from livekit import api

from coach.worker.clock import SessionClock
from coach.worker.limits import Budget

log = logging.getLogger("coach.worker")

LOOK_SECONDS = 1.0
WARN_SECONDS = 600.0
WARNING = "10 minutes left: then the coach stops listening. The call goes on."


class Timekeeper:
    """`end` is told the limit that is reached; `warn` sends the warning."""

    def __init__(
        self,
        budget: Budget,
        clock: SessionClock,
        end: Callable[[str], None],
        warn: Callable[[str], Awaitable[None]],
    ) -> None:
        self._budget = budget
        self._clock = clock
        self._end = end
        self._warn = warn

    async def run(self) -> None:
        """Until a limit is reached. A coach that comes when the end is already near warns nobody:
        an earlier one did.
        """
        began = self._clock.now()
        near = self._budget.left(0.0) <= WARN_SECONDS
        limit = ""
        while not limit:
            await asyncio.sleep(LOOK_SECONDS)
            seconds = self._clock.now() - began
            if not near and self._budget.left(seconds) <= WARN_SECONDS:
                near = True
                await self._say_so()
            limit = self._budget.used_up(seconds)
        log.warning("A limit of the session is reached", extra={"limit": limit})
        self._end(limit)

    async def _say_so(self) -> None:
        try:
            await self._warn(WARNING)
        except (api.TwirpError, aiohttp.ClientError, TimeoutError) as failure:
            log.warning("Notice not sent", extra={"error": type(failure).__name__})
