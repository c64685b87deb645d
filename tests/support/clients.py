"""A person in the room: joins through the web app, speaks a file, keeps all that arrives."""

import asyncio
import contextlib
import json
import time
import wave
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from livekit import rtc
from livekit.rtc._ffi_client import FfiClient

TOPICS = ("coach.hints", "coach.status", "coach.captions", "lk.transcription")
FRAME_BYTES = 640
QUEUE_MS = 500
CALL_AGAIN_S = 4.0
HEARD_S = 30.0


@dataclass(slots=True)
class ReceivedHint:
    """A card as it came: attributes of its stream, and every line with its time of arrival."""

    attributes: dict[str, str]
    sender: str
    opened_at: float
    lines: list[dict[str, Any]] = field(default_factory=list)
    ended: bool = False

    @property
    def complete(self) -> bool:
        return bool(self.lines) and bool(self.lines[-1].get("done")) and self.ended

    def text(self, section: str) -> str:
        """The last text of a section; its several items joined by " | "."""
        items = {
            line.get("index", 0): line["text"]
            for line in self.lines
            if line.get("section") == section
        }
        return " | ".join(items[index] for index in sorted(items))


class RtcPerson:
    """One human in the room, as the native SDK makes one."""

    def __init__(self, identity: str, web: str) -> None:
        self.identity = identity
        self.web = web
        self.room = rtc.Room()
        self.seat = ""
        self.session_id = ""
        self.hints: list[ReceivedHint] = []
        self.statuses: list[dict[str, Any]] = []
        self.captions: list[dict[str, Any]] = []
        self.raw: list[tuple[str, str]] = []
        self._said: asyncio.Queue[bytes] = asyncio.Queue()
        self._sounding: asyncio.Task[None] | None = None
        self._readers: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()
        self._events: Any = None
        self._tap: asyncio.Task[None] | None = None
        self._calling: asyncio.Task[None] | None = None

    async def join(self) -> None:
        """Ask for a token as a page does, tap every event of the room, and connect."""
        body = await self.post("/api/token", {"participant_identity": self.identity})
        self.seat, self.session_id = body["seat"], body["session_id"]
        for topic in TOPICS:
            self.room.register_text_stream_handler(topic, self._on_stream)
        self._events = FfiClient.instance.queue.subscribe()
        self._tap = asyncio.create_task(self._record(self._events))
        await self.room.connect(body["server_url"], body["participant_token"])
        if self.identity == "facilitator":
            self._calling = asyncio.create_task(self._call_coach())

    async def leave(self) -> None:
        await self.room.disconnect()
        FfiClient.instance.queue.unsubscribe(self._events)
        for task in (*self._readers, self._tap, self._sounding, self._calling):
            if task:
                task.cancel()

    async def agree(self, *, agreed: bool = True) -> str:
        """Answer the consent question; the state that now holds."""
        version = (await self.get("/api/consent"))["version"]
        body = await self.post("/api/consent", {"agreed": agreed, "version": version})
        return str(body["consent"])

    async def publish_microphone(self) -> None:
        """From now on the microphone sends what is said, and silence in between."""
        microphone = rtc.AudioSource(16000, 1, queue_size_ms=QUEUE_MS)
        track = rtc.LocalAudioTrack.create_audio_track("microphone", microphone)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        await self.room.local_participant.publish_track(track, options)
        self._sounding = asyncio.create_task(self._sound(microphone))

    async def say(self, path: Path, *, then_silence_s: float = 2.0) -> float:
        """Speak a 16 kHz mono file in real time; the monotonic time at which its sound ended."""
        with wave.open(str(path), "rb") as sound:
            assert (sound.getframerate(), sound.getnchannels()) == (16000, 1)
            data = sound.readframes(sound.getnframes())
        ended = await self.play(data)
        await self.play(b"\0" * (2 * int(16000 * then_silence_s)))
        return ended

    async def play(self, data: bytes) -> float:
        """Send 16 kHz mono samples in real time; the monotonic time at which the last went out."""
        for start in range(0, len(data), FRAME_BYTES):
            self._said.put_nowait(data[start : start + FRAME_BYTES].ljust(FRAME_BYTES, b"\0"))
        try:
            await self._said.join()
        except asyncio.CancelledError:
            while not self._said.empty():
                self._said.get_nowait()
                self._said.task_done()
            raise
        return time.monotonic() + QUEUE_MS / 1000

    async def _sound(self, microphone: rtc.AudioSource) -> None:
        while True:
            spoken = not self._said.empty()
            frame = self._said.get_nowait() if spoken else bytes(FRAME_BYTES)
            await microphone.capture_frame(rtc.AudioFrame(frame, 16000, 1, FRAME_BYTES // 2))
            if spoken:
                self._said.task_done()

    async def call(self, method: str, payload: dict[str, Any] | None = None) -> dict[str, Any]:
        """A control of the coach."""
        answer = await self.room.local_participant.perform_rpc(
            destination_identity="coach", method=method, payload=json.dumps(payload or {})
        )
        reply: dict[str, Any] = json.loads(answer)
        return reply

    async def until(self, condition: Callable[[], Any], timeout_s: float = 30.0) -> None:
        """Wait for a condition on what was received; what there is stands in the failure."""
        try:
            async with asyncio.timeout(timeout_s):
                while not condition():
                    self._changed.clear()
                    try:
                        async with asyncio.timeout(0.25):
                            await self._changed.wait()
                    except TimeoutError:
                        continue
        except TimeoutError:
            raise AssertionError(f"not within {timeout_s} s; {self.seen()}") from None

    def seen(self) -> str:
        hints = [(hint.attributes.get("seq"), hint.lines[-1:]) for hint in self.hints]
        said = [f"{status['state']}:{status['reason']}" for status in self.statuses]
        changes = [one for one, before in zip(said, ["", *said], strict=False) if one != before]
        return f"{self.identity} saw hints {hints}, states {changes}, then {self.statuses[-1:]}"

    def state(self) -> tuple[str, str]:
        """State and reason of the coach's last status; two empty ones before the first."""
        last = self.statuses[-1] if self.statuses else {}
        return last.get("state", ""), last.get("reason", "")

    def is_heard(self) -> bool:
        """Whether the partner's sound reaches the coach, as the last status says."""
        state, reason = self.state()
        return state in ("listening", "thinking") and reason not in (
            "microphone_coming",
            "partner_muted",
        )

    async def summon(self, *, timeout_s: float = 40.0) -> None:
        """Wait until a coach says anew what it is doing."""
        beats = len(self.statuses)
        await self.until(lambda: len(self.statuses) > beats + 1, timeout_s)

    async def _call_coach(self) -> None:
        """Ask the server for a coach while none is heard, as the facilitator's page does."""
        beats = -1
        while True:
            await asyncio.sleep(CALL_AGAIN_S)
            if len(self.statuses) == beats or not self.statuses:
                with contextlib.suppress(aiohttp.ClientError, AssertionError):
                    await self.post("/api/coach", {})
            beats = len(self.statuses)

    def stop_calling(self) -> None:
        """Ask for no coach by itself any more."""
        if self._calling:
            self._calling.cancel()

    def coach(self) -> rtc.RemoteParticipant | None:
        return self.room.remote_participants.get("coach")

    async def get(self, path: str) -> dict[str, Any]:
        async with aiohttp.ClientSession() as http, http.get(self.web + path) as answer:
            reply: dict[str, Any] = await answer.json()
            return reply

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.seat}"} if self.seat else {}
        async with (
            aiohttp.ClientSession() as http,
            http.post(self.web + path, json=body, headers=headers) as answer,
        ):
            assert answer.status < 300, await answer.text()
            reply: dict[str, Any] = await answer.json()
            return reply

    async def missed_hints(self, after: int = 0) -> list[dict[str, Any]]:
        headers = {"Authorization": f"Bearer {self.seat}"}
        url = f"{self.web}/api/sessions/{self.session_id}/hints?after={after}"
        async with aiohttp.ClientSession() as http, http.get(url, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            hints: list[dict[str, Any]] = (await answer.json())["hints"]
            return hints

    def _on_stream(self, reader: rtc.TextStreamReader, sender: str) -> None:
        task = asyncio.get_running_loop().create_task(self._read(reader, sender))
        self._readers.add(task)
        task.add_done_callback(self._readers.discard)

    async def _read(self, reader: rtc.TextStreamReader, sender: str) -> None:
        topic = reader.info.topic
        with contextlib.suppress(rtc.StreamError):
            if topic == "coach.hints":
                await self._read_hint(reader, sender)
            elif topic == "coach.status":
                self.statuses.append(json.loads(await reader.read_all()))
            elif topic == "coach.captions":
                self.captions.append(json.loads(await reader.read_all()))
        self._changed.set()

    async def _read_hint(self, reader: rtc.TextStreamReader, sender: str) -> None:
        hint = ReceivedHint(dict(reader.info.attributes or {}), sender, time.monotonic())
        self.hints.append(hint)
        rest = ""
        async for piece in reader:
            *lines, rest = (rest + piece).split("\n")
            hint.lines += [json.loads(line) for line in lines if line]
            self._changed.set()
        hint.ended = True

    async def _record(self, queue: Any) -> None:
        while True:
            event = await queue.get()
            if event.WhichOneof("message") != "room_event":
                continue
            mine = getattr(self.room, "_ffi_handle", None)
            if mine is not None and event.room_event.room_handle == mine.handle:
                self.raw.append((event.room_event.WhichOneof("message"), str(event.room_event)))
                self._changed.set()


@asynccontextmanager
async def person(identity: str, web: str) -> AsyncIterator[RtcPerson]:
    """Someone who has joined, until the block ends."""
    someone = RtcPerson(identity, web)
    await someone.join()
    try:
        yield someone
    finally:
        await someone.leave()


@asynccontextmanager
async def both_heard(
    web: str, timeout_s: float = HEARD_S
) -> AsyncIterator[tuple[RtcPerson, RtcPerson]]:
    """Facilitator and partner in the open room; the partner has agreed, and the coach hears."""
    async with person("facilitator", web) as facilitator, person("partner", web) as partner:
        await partner.publish_microphone()
        await partner.agree()
        await facilitator.until(facilitator.is_heard, timeout_s)
        yield facilitator, partner
