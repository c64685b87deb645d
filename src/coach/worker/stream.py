"""A text stream that reaches its one addressee and nobody else.

The SDK's own writer (livekit 1.1.21) addresses the stream's header only: its chunks and trailer go
to everyone in the room. Here each packet carries the address.
"""

import time
import uuid
from collections.abc import Mapping

from livekit import rtc
from livekit.rtc._ffi_client import FfiClient
from livekit.rtc._proto import ffi_pb2, room_pb2

CHUNK_CHARACTERS = 3_700
"""At most 15 kB a packet: a character takes at most four bytes."""


class AddressedStream:
    """One text stream to one identity; open, write, close, in this order.

    Each method raises rtc.StreamError when the packet can't be sent.
    """

    def __init__(
        self, room: rtc.Room, addressee: str, topic: str, attributes: Mapping[str, str]
    ) -> None:
        self._sender = room.local_participant
        self._addressee = addressee
        self._topic = topic
        self._attributes = attributes
        self._id = uuid.uuid4().hex
        self._chunks = 0

    async def open(self) -> None:
        """Announce the stream."""
        header = room_pb2.DataStream.Header(
            stream_id=self._id,
            timestamp=time.time_ns() // 1_000_000,
            mime_type="text/plain",
            topic=self._topic,
            attributes=self._attributes,
            text_header=room_pb2.DataStream.TextHeader(
                operation_type=room_pb2.DataStream.OperationType.CREATE
            ),
        )
        await self._send("send_stream_header", header=header)

    async def write(self, text: str) -> None:
        """Send text, in as many packets as it needs."""
        for start in range(0, len(text), CHUNK_CHARACTERS):
            piece = text[start : start + CHUNK_CHARACTERS]
            chunk = room_pb2.DataStream.Chunk(
                stream_id=self._id, chunk_index=self._chunks, content=piece.encode()
            )
            self._chunks += 1
            await self._send("send_stream_chunk", chunk=chunk)

    async def close(self) -> None:
        """Tell that nothing more follows."""
        trailer = room_pb2.DataStream.Trailer(stream_id=self._id, reason="")
        await self._send("send_stream_trailer", trailer=trailer)

    async def _send(
        self,
        kind: str,
        **packet: room_pb2.DataStream.Header
        | room_pb2.DataStream.Chunk
        | room_pb2.DataStream.Trailer,
    ) -> None:
        request = ffi_pb2.FfiRequest()
        getattr(request, kind).MergeFrom(
            type(getattr(request, kind))(
                local_participant_handle=self._sender._ffi_handle.handle,  # noqa: SLF001
                destination_identities=[self._addressee],
                sender_identity=self._sender.identity,
                **packet,
            )
        )
        await _requested(kind, request)


async def send_text(room: rtc.Room, addressee: str, topic: str, text: str) -> None:
    """A whole text stream at once."""
    stream = AddressedStream(room, addressee, topic, {})
    await stream.open()
    await stream.write(text)
    await stream.close()


async def _requested(kind: str, request: ffi_pb2.FfiRequest) -> None:
    queue = FfiClient.instance.queue.subscribe(
        filter_fn=lambda event: event.WhichOneof("message") == kind
    )
    try:
        response = FfiClient.instance.request(request)
        mine = getattr(response, kind).async_id
        event = await queue.wait_for(lambda event: getattr(event, kind).async_id == mine)
    finally:
        FfiClient.instance.queue.unsubscribe(queue)
    if getattr(event, kind).error:
        raise rtc.StreamError(getattr(event, kind).error)
