"""A worker that is about to end hands its sessions over, so that nothing said is lost."""

import asyncio
import logging
from collections.abc import Callable

from aiohttp import ClientError
from livekit import api
from sqlalchemy.exc import SQLAlchemyError

from coach.dispatching import Dispatcher

log = logging.getLogger("coach.worker")

LOOK_SECONDS = 0.25
REST_LOOKS = 2
PATIENCE_SECONDS = 10.0
COMING_SECONDS = 8.0


class Handover:
    """Calls a successor and goes on until that has come: it takes this coach's place in the room,
    which ends this one.

    It is called when nothing is being said, heard or written, but within ten seconds in any case.
    Where no other worker is there, it is called again until this one ends.
    """

    def __init__(
        self, dispatcher: Dispatcher, room: str, session_id: str, at_rest: Callable[[], bool]
    ) -> None:
        self._dispatcher = dispatcher
        self._room = room
        self._session_id = session_id
        self._at_rest = at_rest

    async def run(self, draining: Callable[[], bool]) -> None:
        """Wait until the worker drains, then try until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if draining():
                await self._rest()
                await self._try()

    async def _try(self) -> None:
        try:
            listed = await self._dispatcher.listed(self._room)
            called = await self._dispatcher.call(
                self._room, self._session_id, listed, successor=True
            )
            if called is not None:
                await asyncio.sleep(COMING_SECONDS)
                await self._dispatcher.take_back(self._room, called.id)
        except (api.TwirpError, ClientError, TimeoutError, SQLAlchemyError) as failure:
            log.warning("No successor called", extra={"error": type(failure).__name__})

    async def _rest(self) -> None:
        """What was just written also needs a moment to be kept."""
        looks = 0
        for _ in range(round(PATIENCE_SECONDS / LOOK_SECONDS)):
            looks = looks + 1 if self._at_rest() else 0
            if looks == REST_LOOKS:
                return
            await asyncio.sleep(LOOK_SECONDS)
