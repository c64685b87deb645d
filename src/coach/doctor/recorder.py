"""A partner who keeps every event that the client library hands out, whatever it is."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from livekit import rtc
from livekit.rtc._ffi_client import FfiClient

from coach.doctor.rooms import FreshRoom
from coach.protocol import ATTRIBUTE_CONSENT, ATTRIBUTE_STATE

TOPIC_PROBE = "doctor.probe"
PUBLIC_ATTRIBUTES = {ATTRIBUTE_CONSENT, ATTRIBUTE_STATE, "lk.agent_name", "lk.agent.name"}
"""What both people may know: whether the partner agreed, and whether the coach listens."""
OF_THE_CALL = {
    "room_sid_changed",
    "room_updated",
    "connection_state_changed",
    "connection_quality_changed",
    "token_refreshed",
    "participant_connected",
    "participant_disconnected",
    "participant_active",
    "participants_updated",
    "active_speakers_changed",
    "participant_permission_changed",
}
"""Events that tell who is in the call and how good the line is."""


@dataclass(frozen=True, slots=True)
class Leak:
    """Bytes that should not have come, and the kinds of events that brought them."""

    size: int
    kinds: str


class Recorder:
    """The partner's end; `events` counts everything that came."""

    def __init__(self, room: rtc.Room) -> None:
        self.events = 0
        self._room = room
        self._before = 0
        self._came = asyncio.Event()
        self._seen: list[Any] = []

    def take(self, event: Any) -> None:
        """One event of this room."""
        self.events += 1
        self._seen.append(event)
        self._came.set()

    async def saw_probe(self) -> None:
        """Until a packet on TOPIC_PROBE has come, which is meant for the partner and no leak."""
        while not any(_is_probe(event) for event in self._seen):
            self._came.clear()
            await self._came.wait()
        self._before = await self._received()

    async def leaked(self, words: Collection[str]) -> Leak:
        """All that came and is neither of the call, nor public, nor the probe; and whatever holds
        these words.
        """
        sizes: Counter[str] = Counter()
        for event in self._seen:
            sizes[event.WhichOneof("message")] += _leaked(event, words)
        if not sizes.total():
            sizes["data_channel"] = await self._received() - self._before
        told = [f"{kind} {size}" for kind, size in sizes.items() if size]
        return Leak(sizes.total(), ", ".join(told))

    async def _received(self) -> int:
        """Bytes on the partner's data channels, as the connection itself counts them."""
        stats = await self._room.get_rtc_stats()
        return sum(
            entry.data_channel.dc.bytes_received
            for side in (stats.publisher_stats, stats.subscriber_stats)
            for entry in side
            if entry.WhichOneof("stats") == "data_channel"
        )


@asynccontextmanager
async def recording(
    room: FreshRoom, identity: str, attributes: Mapping[str, str]
) -> AsyncIterator[Recorder]:
    """A partner in the room from before the coach comes until the block ends."""
    partner = rtc.Room()
    recorder = Recorder(partner)
    queue = FfiClient.instance.queue.subscribe()
    task = asyncio.create_task(_record(queue, partner, recorder))
    try:
        await partner.connect(room.server.url, room.token(identity, dict(attributes)))
        yield recorder
    finally:
        await partner.disconnect()
        FfiClient.instance.queue.unsubscribe(queue)
        task.cancel()


async def _record(queue: Any, partner: rtc.Room, recorder: Recorder) -> None:
    while True:
        event = await queue.get()
        if event.WhichOneof("message") != "room_event":
            continue
        handle = getattr(partner, "_ffi_handle", None)
        if handle is not None and event.room_event.room_handle == handle.handle:
            recorder.take(event.room_event)


def _is_probe(event: Any) -> bool:
    if event.WhichOneof("message") != "data_packet_received":
        return False
    return bool(event.data_packet_received.user.topic == TOPIC_PROBE)


def _leaked(event: Any, words: Collection[str]) -> int:
    """The bytes of this event that the partner should not have got."""
    kind = event.WhichOneof("message")
    if _is_probe(event):
        return 0
    content = event.SerializeToString()
    if any(word.encode() in content for word in words):
        return len(content)
    if kind == "participant_attributes_changed":
        changed = event.participant_attributes_changed.changed_attributes
        return _not_public({entry.key: entry.value for entry in changed})
    if kind in OF_THE_CALL:
        return sum(_not_public(one.attributes) + len(one.metadata) for one in _people(event))
    if kind == "data_packet_received":  # the payload lies outside of the event
        return len(content) + int(event.data_packet_received.user.data.data.data_len)
    return len(content)


def _people(event: Any) -> list[Any]:
    """The descriptions of participants that an event of the call carries."""
    match event.WhichOneof("message"):
        case "participant_connected":
            return [event.participant_connected.info.info]
        case "participants_updated":
            return list(event.participants_updated.participants)
        case _:
            return []


def _not_public(attributes: Mapping[str, str]) -> int:
    kept = attributes.keys() - PUBLIC_ATTRIBUTES
    return sum(len(key) + len(attributes[key]) for key in kept)
