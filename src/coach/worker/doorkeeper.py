"""Puts out who comes back with a token of a seat that was taken away.

A LiveKit server of one's own accepts a token until it expires, whatever became of the seat.
"""

import logging

import aiohttp
from livekit import api, rtc
from sqlalchemy.exc import SQLAlchemyError

from coach.protocol import ATTRIBUTE_SEAT, read_entry_mark
from coach.store import Store
from coach.tasks import Tasks

log = logging.getLogger("coach.worker")


class Doorkeeper:
    """Watches one room. Whoever bears no mark of a seat is none of its business: the server writes
    the mark into every token that it gives for a link, and nobody can take it off.
    """

    def __init__(self, room: rtc.Room, livekit: api.LiveKitAPI, store: Store) -> None:
        self._room = room
        self._livekit = livekit
        self._store = store
        self._tasks = Tasks()

    def watch(self) -> None:
        """Look at who is here, and from now on at who comes."""
        self._room.on("participant_connected", self._came)
        for person in self._room.remote_participants.values():
            self._came(person)

    async def aclose(self) -> None:
        """Look no more."""
        self._room.off("participant_connected", self._came)
        await self._tasks.aclose()

    def _came(self, person: rtc.RemoteParticipant) -> None:
        if mark := person.attributes.get(ATTRIBUTE_SEAT):
            self._tasks.start(self._check(person, mark), "doorkeeper")

    async def _check(self, person: rtc.RemoteParticipant, mark: str) -> None:
        """A store or server that fails leaves the call as it is."""
        try:
            if not await self._store.seats.taken_away(*read_entry_mark(mark)):
                return
            log.warning("A person without a seat is put out")
            await self._livekit.room.remove_participant(
                api.RoomParticipantIdentity(room=self._room.name, identity=person.identity)
            )
        except (SQLAlchemyError, api.TwirpError, aiohttp.ClientError, TimeoutError) as failure:
            log.warning("Seat not checked", extra={"error": type(failure).__name__})
