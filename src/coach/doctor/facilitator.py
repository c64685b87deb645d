"""A test facilitator: reads status and hints as the facilitator's page does."""

import asyncio
import contextlib
import json

from livekit import rtc

from coach.doctor.recorder import TOPIC_PROBE
from coach.doctor.rooms import FreshRoom
from coach.protocol import AGENT_NAME, TOPIC_HINTS, TOPIC_STATUS
from coach.tasks import Tasks


class Facilitator:
    """One end of a test session."""

    def __init__(self, room: FreshRoom, identity: str) -> None:
        self._room = rtc.Room()
        self._where = room
        self._identity = identity
        self._tasks = Tasks()
        self._hint: asyncio.Queue[str] = asyncio.Queue()
        self._status = asyncio.Event()

    async def join(self) -> None:
        """Enter the room and listen. Raises rtc.ConnectError."""
        self._room.register_text_stream_handler(TOPIC_HINTS, self._on_stream)
        self._room.register_text_stream_handler(TOPIC_STATUS, self._on_stream)
        await self._room.connect(self._where.server.url, self._where.token(self._identity))

    async def leave(self) -> None:
        """Go, leaving nothing behind."""
        await self._tasks.aclose()
        await self._room.disconnect()

    async def hear_of_the_coach(self) -> None:
        """Until it has said what it is doing."""
        await self._status.wait()

    async def get_hint(self) -> str:
        """Have a test hint sent; its lines as they came. Raises rtc.RpcError."""
        await self._room.local_participant.perform_rpc(
            destination_identity=AGENT_NAME, method="coach.test_hint", payload=json.dumps({})
        )
        return await self._hint.get()

    async def probe(self, partner: str) -> None:
        """Send the partner a packet: it proves that the recorder sees what comes."""
        await self._room.local_participant.publish_data(
            b"probe", destination_identities=[partner], topic=TOPIC_PROBE
        )

    def _on_stream(self, reader: rtc.TextStreamReader, _sender: str) -> None:
        self._tasks.start(self._read(reader), "read-stream")

    async def _read(self, reader: rtc.TextStreamReader) -> None:
        with contextlib.suppress(rtc.StreamError):  # a stream that was cut says nothing
            text = await reader.read_all()
            if reader.info.topic == TOPIC_STATUS:
                self._status.set()
            else:
                self._hint.put_nowait(text)
