"""A scripted OpenAI-compatible service on loopback: the stand-in for the paid ones.

    async with scripted_provider() as provider:
        provider.speech.default = Reply("there is a part of me that feels scared", delay_s=0.6)
        provider.chat.queue.append(Reply(status=429, retry_after_s=2))
        ...  # point OPENAI_BASE_URL at provider.base_url
        await provider.until(lambda: len(provider.chat_calls) == 2, timeout_s=10)

Each request takes the next reply of its script's queue, and the default once that is empty.
"""

import asyncio
import io
import socket
import struct
import wave
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from aiohttp import web
from tests.support import answers
from tests.support.answers import Call, Reply, Shape

__all__ = ["HEARD", "HINT", "NONSENSE", "Call", "Reply", "ScriptedProvider", "scripted_provider"]

HINT = """SUMMARY: A part of them feels scared.
SUGGESTION: Invite them to notice where that part lives in the body.
FOLLOW-UP: Where do you feel this part? | How do you feel toward it?
REMINDER: Slow is fine."""
HEARD = "There is a part of me that feels really scared."
NONSENSE = ("lorem ipsum SUMMARY FOLLOW-UP: | {}[] \u202e " * 500)[:20_000]
"""20 kB that holds the labels of a hint and isn't one."""


@dataclass(slots=True)
class Script:
    """What one endpoint answers; a default that is a function sees the call."""

    default: Reply | Callable[[Call], Reply]
    queue: deque[Reply] = field(default_factory=deque)

    def next(self, call: Call) -> Reply:
        if self.queue:
            return self.queue.popleft()
        return self.default if isinstance(self.default, Reply) else self.default(call)


class ScriptedProvider:
    """The scripts to set, and the record of what was asked."""

    def __init__(self) -> None:
        self.base_url = ""
        self.calls: list[Call] = []
        self.speech = Script(Reply(HEARD))
        self.chat = Script(Reply(HINT))
        self.models = Script(Reply())
        self._changed = asyncio.Condition()

    @property
    def speech_calls(self) -> list[Call]:
        return [call for call in self.calls if call.endpoint == "speech"]

    @property
    def chat_calls(self) -> list[Call]:
        return [call for call in self.calls if call.endpoint == "chat"]

    async def until(self, condition: Callable[[], bool], *, timeout_s: float) -> None:
        """Wait until a call's arrival or end makes `condition` true; TimeoutError otherwise."""
        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(condition)

    async def note(self) -> None:
        async with self._changed:
            self._changed.notify_all()


@asynccontextmanager
async def scripted_provider(port: int = 0) -> AsyncIterator[ScriptedProvider]:
    """Serve on loopback, on a free port unless told one, until the block ends."""
    provider = ScriptedProvider()
    runner = web.AppRunner(_app(provider), handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        provider.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        yield provider
    finally:
        await runner.cleanup()


def _app(provider: ScriptedProvider) -> web.Application:
    async def speech(request: web.Request) -> web.StreamResponse:
        call = await _read_upload(request)
        return await _answer(provider, provider.speech, call, request, answers.transcription)

    async def chat(request: web.Request) -> web.StreamResponse:
        call = await _read_chat(request)
        shape = answers.chat_stream if call.fields.get("stream") else answers.chat_whole
        return await _answer(provider, provider.chat, call, request, shape)

    async def models(request: web.Request) -> web.StreamResponse:
        call = Call("models", _key(request))
        return await _answer(provider, provider.models, call, request, answers.models)

    app = web.Application(client_max_size=64 * 1024**2)
    app.router.add_post("/v1/audio/transcriptions", speech)
    app.router.add_post("/v1/chat/completions", chat)
    app.router.add_get("/v1/models", models)
    return app


# --- reading ---


def _key(request: web.Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


async def _read_upload(request: web.Request) -> Call:
    form = dict(await request.post())
    upload = form.pop("file")
    assert isinstance(upload, web.FileField)
    audio = upload.file.read()
    return Call(
        "speech",
        _key(request),
        model=str(form.get("model")),
        audio=audio,
        audio_s=_seconds(audio),
        fields=form,
    )


def _seconds(audio: bytes) -> float:
    with wave.open(io.BytesIO(audio), "rb") as sound:
        return sound.getnframes() / sound.getframerate()


async def _read_chat(request: web.Request) -> Call:
    asked = await request.json()
    messages = asked.pop("messages")
    return Call(
        "chat", _key(request), model=str(asked.get("model")), messages=messages, fields=asked
    )


# --- answering ---


async def _answer(
    provider: ScriptedProvider, script: Script, call: Call, request: web.Request, shape: Shape
) -> web.StreamResponse:
    provider.calls.append(call)
    await provider.note()
    try:
        with _outcome(call):
            return await _send(script.next(call), call, request, shape)
    finally:
        await provider.note()


@contextmanager
def _outcome(call: Call) -> Iterator[None]:
    try:
        yield
    except BaseException:
        call.outcome = "cut"
        raise
    if call.outcome == "open":
        call.outcome = "answered"


async def _send(reply: Reply, call: Call, request: web.Request, shape: Shape) -> web.StreamResponse:
    if reply.fault == "hang":
        await asyncio.Event().wait()
    await asyncio.sleep(reply.delay_s)
    if reply.fault == "reset":
        call.outcome = "cut"
        return _reset(request)
    if reply.status != 200:
        return _refusal(reply)
    return await _stream(reply, call, request, shape)


async def _stream(
    reply: Reply, call: Call, request: web.Request, shape: Shape
) -> web.StreamResponse:
    content_type, pieces = shape(call, reply)
    response = web.StreamResponse(headers={"Content-Type": content_type})
    await response.prepare(request)
    sent = list(pieces)
    if reply.fault == "truncated":
        sent = sent[: len(sent) // 2]
    for wait_s, data in sent:
        await asyncio.sleep(wait_s)
        await response.write(data)
    if reply.fault == "truncated":
        call.outcome = "cut"
        _transport(request).close()
        return response
    await response.write_eof()
    return response


def _transport(request: web.Request) -> asyncio.Transport:
    assert request.transport is not None
    return request.transport


def _reset(request: web.Request) -> web.Response:
    """Break the connection so that the peer sees a reset, not an orderly end."""
    peer = _transport(request).get_extra_info("socket")
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    _transport(request).abort()
    return web.Response()


def _refusal(reply: Reply) -> web.Response:
    headers = {} if reply.retry_after_s is None else {"Retry-After": f"{reply.retry_after_s:g}"}
    error = {"message": "as the test asks", "type": reply.error_code, "code": reply.error_code}
    return web.json_response({"error": error}, status=reply.status, headers=headers)
