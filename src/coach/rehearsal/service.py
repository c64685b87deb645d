"""The OpenAI-compatible service of a rehearsal: hears with the recogniser, writes by rule."""

import asyncio
import json
import re
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from coach.rehearsal import hint_writer, note_writer
from coach.rehearsal.ear import Ear, EarError

LOOPBACK = "127.0.0.1"
MODELS = ("whisper-1", "gpt-4o-mini")
LARGEST_UPLOAD = 25 * 1024 * 1024
WORDS_PER_SECOND = 30.0


@asynccontextmanager
async def running_service(key: str) -> AsyncIterator[int]:
    """Serve on a free loopback port, to callers who have `key`; gives the port. Raises EarError."""
    ear = Ear()
    await ear.open()
    runner = web.AppRunner(_app(key, ear), access_log=None, shutdown_timeout=1.0)
    try:
        await runner.setup()
        await web.TCPSite(runner, LOOPBACK, 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
        await ear.close()


def _app(key: str, ear: Ear) -> web.Application:
    async def transcribe(request: web.Request) -> web.StreamResponse:
        return await _transcribe(request, ear)

    app = web.Application(middlewares=[_key_checked(key)], client_max_size=LARGEST_UPLOAD)
    app.router.add_post("/v1/audio/transcriptions", transcribe)
    app.router.add_post("/v1/chat/completions", _complete)
    app.router.add_get("/v1/models", _list_models)
    return app


def _key_checked(key: str) -> Middleware:
    expected = f"Bearer {key}".encode()

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get("Authorization", "").encode()
        if not secrets.compare_digest(given, expected):
            return _refused(401, "invalid_api_key", "the key is not this rehearsal's")
        return await handler(request)

    return check


async def _list_models(_request: web.Request) -> web.Response:
    models = [
        {"id": name, "object": "model", "created": 0, "owned_by": "rehearsal"} for name in MODELS
    ]
    return web.json_response({"object": "list", "data": models})


# --- speech ---


async def _transcribe(request: web.Request, ear: Ear) -> web.Response:
    form = await request.post()
    upload = form.get("file")
    if not isinstance(upload, web.FileField):
        return _refused(400, "missing_file", "send the sound as the form field `file`")
    try:
        answer = await ear.hear(await asyncio.to_thread(upload.file.read))
    except EarError:
        return _refused(500, "recogniser_ended", "the recogniser ended; the next request starts it")
    if "error" in answer:
        return _refused(400, "invalid_file", "only WAV files with 16 or 32 bit samples are heard")
    verbose = form.get("response_format") == "verbose_json"
    return web.json_response(answer if verbose else {"text": answer["text"]})


# --- hints ---


async def _complete(request: web.Request) -> web.StreamResponse:
    try:
        wanted = await request.json()
        text = _written(wanted["messages"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return _refused(400, "invalid_request", "send JSON with a list of `messages`")
    answer = _Completion(str(wanted.get("model", "")))
    if wanted.get("stream"):
        return await _streamed(request, answer, text)
    return web.json_response(answer.whole(text))


def _written(messages: list[dict[str, Any]]) -> str:
    if note_writer.is_wanted(messages):
        return note_writer.note(messages)
    return hint_writer.hint(hint_writer.asked(messages))


async def _streamed(request: web.Request, answer: "_Completion", text: str) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    for word in re.findall(r"\s*\S+", text):
        await response.write(answer.piece({"role": "assistant", "content": word}, None))
        await asyncio.sleep(1 / WORDS_PER_SECOND)
    await response.write(answer.piece({}, "stop") + b"data: [DONE]\n\n")
    await response.write_eof()
    return response


class _Completion:
    """One chat answer in OpenAI's form."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._id = f"rehearsal-{secrets.token_hex(8)}"

    def whole(self, text: str) -> dict[str, Any]:
        message = {"role": "assistant", "content": text}
        return self._form("chat.completion", message=message, finish_reason="stop")

    def piece(self, delta: dict[str, str], finish_reason: str | None) -> bytes:
        chunk = self._form("chat.completion.chunk", delta=delta, finish_reason=finish_reason)
        return f"data: {json.dumps(chunk)}\n\n".encode()

    def _form(self, kind: str, **choice: object) -> dict[str, Any]:
        return {
            "id": self._id,
            "object": kind,
            "created": int(time.time()),
            "model": self._model,
            "choices": [{"index": 0, **choice}],
        }


def _refused(status: int, code: str, message: str) -> web.Response:
    error = {"message": message, "type": "invalid_request_error", "code": code}
    return web.json_response({"error": error}, status=status)
