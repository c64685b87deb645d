"""The paid services' stand-in, as a process of its own: fixed latencies, every call timed.

    python -m bench.provider STT_SECONDS FIRST_TOKEN_SECONDS TOKENS_PER_SECOND

prints its port. Callers are told apart by their key. `POST /turn` says what is being spoken; as
long as nobody does, the service listens for itself, so that many may speak at once. `GET /calls`
gives every call so far; all times are seconds on the machine's monotonic clock.
"""

import asyncio
import contextlib
import io
import sys
import time
import wave
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

import numpy as np
from aiohttp import web
from bench.listening import Listener
from bench.script import next_answer, spoken_texts
from bench.sound import Samples, last_loud
from tests.support import answers
from tests.support.answers import Reply

EDGE_S = 0.3
"""A segment that ends so shortly before the speech does has all of it: detectors cut edges."""


@dataclass(slots=True)
class TimedCall:
    """One request: `at` it had arrived, `first_at` the first word of a hint was known to be whole
    (for transcriptions: the text was sent), `ended_at` all was sent; 0 for what never happened.
    `tail_s` is the silence at the end of the audio.
    """

    kind: str
    key: str
    at: float
    audio_s: float = 0.0
    tail_s: float = 0.0
    first_at: float = 0.0
    ended_at: float = 0.0


@dataclass(slots=True)
class Service:
    """Latencies in seconds, the turn being spoken, and the calls."""

    stt_s: float
    first_token_s: float
    tokens_per_s: float
    text: str = ""
    spoken_s: float = 1.0
    answer: str = ""
    calls: list[TimedCall] = field(default_factory=list)
    _heard: list[TimedCall] = field(default_factory=list)
    _listener: Listener = field(default_factory=lambda: Listener(spoken_texts()))

    def begin(self, text: str, spoken_s: float, answer: str) -> None:
        """From now on this is being said, and this is the model's answer to it."""
        self.text, self.spoken_s, self.answer = text, spoken_s, answer
        self._heard = []

    def transcribe(self, call: TimedCall, samples: Samples, rate: int) -> str:
        """The words of a segment."""
        return self._words_in(call) if self.text else self._listener.words(samples, rate)

    def reply_to(self, request: str) -> str:
        """The model's answer."""
        return self.answer or next_answer(request)

    def _words_in(self, call: TimedCall) -> str:
        """What its audio covers after the caller's earlier segments."""
        mine = [other for other in self._heard if other.key == call.key]
        before = sum(other.audio_s for other in mine)
        self._heard.append(call)
        words = self.text.split()
        place = len(words) / self.spoken_s
        end = before + call.audio_s
        if end > self.spoken_s - EDGE_S:
            end = self.spoken_s
        return " ".join(words[round(place * before) : round(place * end)])

    def forget(self, call: TimedCall) -> None:
        """The caller gave the segment up: its words will be asked for again."""
        if call in self._heard:
            self._heard.remove(call)


def application(service: Service) -> web.Application:
    """The OpenAI-compatible routes and the benchmark's own."""
    app = web.Application(client_max_size=64 * 1024**2)

    async def transcribe(request: web.Request) -> web.StreamResponse:
        return await _transcribe(service, request)

    async def chat(request: web.Request) -> web.StreamResponse:
        return await _chat(service, request)

    async def models(_request: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": []})

    async def begin(request: web.Request) -> web.Response:
        service.begin(**await request.json())
        return web.Response()

    async def calls(_request: web.Request) -> web.Response:
        return web.json_response([asdict(call) for call in service.calls])

    app.router.add_post("/v1/audio/transcriptions", transcribe)
    app.router.add_post("/v1/chat/completions", chat)
    app.router.add_get("/v1/models", models)
    app.router.add_post("/turn", begin)
    app.router.add_get("/calls", calls)
    return app


async def _transcribe(service: Service, request: web.Request) -> web.StreamResponse:
    form = dict(await request.post())
    upload = form.pop("file")
    if not isinstance(upload, web.FileField):
        raise web.HTTPBadRequest
    call = _call(service, TimedCall("stt", _key(request), time.monotonic()))
    samples, rate = _samples(upload.file.read())
    call.audio_s = len(samples) / rate
    call.tail_s = (len(samples) - 1 - last_loud(samples)) / rate
    text = service.transcribe(call, samples, rate)
    try:
        await _until(call.at + service.stt_s)
    except asyncio.CancelledError:
        service.forget(call)
        raise
    fields = {"response_format": str(form.get("response_format", ""))}
    shaped = answers.Call("speech", call.key, audio_s=call.audio_s, fields=fields)
    content_type, pieces = answers.transcription(shaped, Reply(text))
    body = b"".join(data for _, data in pieces)
    call.first_at = call.ended_at = time.monotonic()
    return web.Response(body=body, content_type=content_type)


async def _chat(service: Service, request: web.Request) -> web.StreamResponse:
    """A caller may go at any moment: the coach gives up what is no longer wanted."""
    asked = await request.text()
    call = _call(service, TimedCall("llm", _key(request), time.monotonic()))
    shaped = answers.Call("chat", call.key, model="bench")
    reply = Reply(service.reply_to(asked), tokens_per_s=service.tokens_per_s)
    content_type, pieces = answers.chat_stream(shaped, reply)
    response = web.StreamResponse(headers={"Content-Type": content_type})
    with contextlib.suppress(ConnectionResetError):
        await response.prepare(request)
        await _send(response, call, pieces, call.at + service.first_token_s)
        call.ended_at = time.monotonic()
        await response.write_eof()
    return response


async def _send(
    response: web.StreamResponse, call: TimedCall, pieces: Iterator[answers.Piece], due: float
) -> None:
    """Each piece at its time: the label, the first word, and what shows that it is whole."""
    for number, (wait_s, data) in enumerate(pieces):
        due += wait_s
        await _until(due)
        if number == 2:
            call.first_at = time.monotonic()
        await response.write(data)


def _call(service: Service, call: TimedCall) -> TimedCall:
    service.calls.append(call)
    return call


def _key(request: web.Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.monotonic()))


def _samples(audio: bytes) -> tuple[Samples, int]:
    """Of a WAV file, with their rate."""
    with wave.open(io.BytesIO(audio), "rb") as sound:
        return np.frombuffer(sound.readframes(sound.getnframes()), np.int16), sound.getframerate()


async def _serve(service: Service) -> None:
    runner = web.AppRunner(application(service), handler_cancellation=True)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        print(runner.addresses[0][1], flush=True)
        await asyncio.to_thread(sys.stdin.read)
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    stt_s, first_token_s, tokens_per_s = (float(argument) for argument in sys.argv[1:4])
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(Service(stt_s, first_token_s, tokens_per_s)))
