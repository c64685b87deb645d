"""The text-output node: hints to the facilitator alone, as text streams, and to the store."""

import asyncio
import json
import logging
from dataclasses import dataclass, field

from livekit import rtc

from coach.hints.events import CloseHint, CutHint, OpenHint, ShowSection
from coach.protocol import PROTOCOL_VERSION, TOPIC_HINTS
from coach.store import StoredHint
from coach.worker.clock import SessionClock
from coach.worker.memory import Memory
from coach.worker.stream import AddressedStream

log = logging.getLogger("coach.worker")

SEND_SECONDS = 5.0

CardAction = OpenHint | ShowSection | CloseHint | CutHint


@dataclass
class _Card:
    """A card on its way; the sections are what the store keeps when it is complete."""

    opened: OpenHint
    stream: AddressedStream
    sections: dict[tuple[str, int], str] = field(default_factory=dict)


class Outlet:
    """Sends cards in the order they were made. The caller never waits for the sending."""

    def __init__(
        self,
        room: rtc.Room,
        facilitator: str,
        memory: Memory,
        session_id: str,
        clock: SessionClock,
    ) -> None:
        self._room = room
        self._facilitator = facilitator
        self._memory = memory
        self._session_id = session_id
        self._clock = clock
        self._cards: dict[str, _Card] = {}
        self._cut: set[str] = set()
        self._jobs: asyncio.Queue[CardAction] = asyncio.Queue()

    async def run(self) -> None:
        """Send until cancelled; what can't be sent is in the store for the page to fetch."""
        while True:
            action = await self._jobs.get()
            try:
                async with asyncio.timeout(SEND_SECONDS):
                    await self._carry_out(action)
            except (rtc.StreamError, TimeoutError, OSError) as failure:
                log.warning("Hint not sent", extra={"error": type(failure).__name__})

    def take(self, action: CardAction) -> None:
        """Begin a card, send a section's text so far, complete and keep a card, or cut it: words
        of a cut card that aren't yet sent never are, and none of it is kept.
        """
        if isinstance(action, CutHint):
            self._cut.add(action.hint_id)
        self._jobs.put_nowait(action)

    async def _carry_out(self, action: CardAction) -> None:
        match action:
            case OpenHint():
                await self._open(action)
            case ShowSection():
                await self._show(action)
            case CloseHint():
                await self._close(action)
            case CutHint():
                await self._end(action.hint_id)

    async def _open(self, action: OpenHint) -> None:
        if action.hint_id in self._cut:
            return
        attributes = {
            "v": PROTOCOL_VERSION,
            "hint_id": action.hint_id,
            "seq": str(action.seq),
            "turn_id": action.turn_id,
            "heard_at": str(self._clock.epoch_ms(action.heard)),
            "card": action.card,
        }
        stream = AddressedStream(self._room, self._facilitator, TOPIC_HINTS, attributes)
        self._cards[action.hint_id] = _Card(action, stream)
        await stream.open()

    async def _show(self, action: ShowSection) -> None:
        card = self._cards.get(action.hint_id)
        if card is None or action.hint_id in self._cut:
            return
        card.sections[action.section, action.index] = action.text
        line = {
            "section": action.section,
            "text": action.text,
            "done": action.done,
            "index": action.index,
        }
        await _write(card, line)

    async def _close(self, action: CloseHint) -> None:
        if (card := self._cards.pop(action.hint_id, None)) is None:
            return
        latency = {
            "stt": action.stt_ms,
            "llm_first": action.llm_first_ms,
            "total": action.total_ms,
        }
        await self._keep(card, latency)
        await _write(card, {"done": True, "latency_ms": latency})
        await card.stream.close()
        ids = {"turn": card.opened.turn_id, "seq": card.opened.seq}
        log.info("Hint sent", extra={**ids, **latency})

    async def _end(self, hint_id: str) -> None:
        self._cut.discard(hint_id)
        card = self._cards.pop(hint_id, None)
        if card:
            await card.stream.close()

    async def _keep(self, card: _Card, latency: dict[str, int]) -> None:
        opened = card.opened
        sections = [
            {"section": section, "text": text, "index": index}
            for (section, index), text in card.sections.items()
        ]
        hint = StoredHint(
            hint_id=opened.hint_id,
            session_id=self._session_id,
            seq=opened.seq,
            turn_id=opened.turn_id,
            heard_at=self._clock.epoch_ms(opened.heard),
            card=opened.card,
            sections=sections,
            latency_ms=latency,
        )
        await self._memory.keep_hint(hint)


async def _write(card: _Card, line: dict[str, object]) -> None:
    await card.stream.write(json.dumps(line, ensure_ascii=False) + "\n")
