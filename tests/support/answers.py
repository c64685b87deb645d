"""What the scripted provider sends: the shapes of the OpenAI answers, as bytes in time."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Endpoint = Literal["speech", "chat", "models"]
Fault = Literal["hang", "reset", "truncated", "invalid_json"]
Outcome = Literal["open", "answered", "cut"]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer.

    `delay_s` passes before the first byte; `tokens_per_s` paces a streamed answer (None: at once),
    where a token is a word. `truncated` sends the first half and closes the connection.
    """

    text: str = ""
    delay_s: float = 0.0
    tokens_per_s: float | None = None
    status: int = 200
    retry_after_s: float | None = None
    error_code: str = "scripted"
    no_speech_prob: float = 0.01
    avg_logprob: float = -0.2
    fault: Fault | None = None


@dataclass(slots=True)
class Call:
    """One request as it arrived; `at` is on the monotonic clock, `audio_s` in seconds.

    `outcome` is `cut` when the caller went away, or was made to, before the whole answer.
    """

    endpoint: Endpoint
    key: str
    at: float = field(default_factory=time.monotonic)
    model: str = ""
    audio: bytes = field(default=b"", repr=False)
    audio_s: float = 0.0
    messages: list[dict[str, Any]] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    outcome: Outcome = "open"


Piece = tuple[float, bytes]
"""Seconds to wait, and the bytes to send then."""
Shape = Callable[[Call, Reply], tuple[str, Iterator[Piece]]]


def _json(reply: Reply, answer: Any) -> tuple[str, Iterator[Piece]]:
    whole = b'{"oh": ' if reply.fault == "invalid_json" else json.dumps(answer).encode()
    middle = len(whole) // 2
    return "application/json", iter([(0.0, whole[:middle]), (0.0, whole[middle:])])


def models(call: Call, reply: Reply) -> tuple[str, Iterator[Piece]]:
    names = ("whisper-1", "gpt-4o-mini")
    models = [{"id": name, "object": "model", "created": 0, "owned_by": "test"} for name in names]
    return _json(reply, {"object": "list", "data": models})


def transcription(call: Call, reply: Reply) -> tuple[str, Iterator[Piece]]:
    if call.fields.get("response_format") != "verbose_json":
        return _json(reply, {"text": reply.text})
    segment = {
        "id": 0,
        "seek": 0,
        "start": 0.0,
        "end": call.audio_s,
        "text": reply.text,
        "tokens": [],
        "temperature": 0.0,
        "avg_logprob": reply.avg_logprob,
        "compression_ratio": 1.0,
        "no_speech_prob": reply.no_speech_prob,
    }
    return _json(
        reply,
        {
            "task": "transcribe",
            "language": "english",
            "duration": call.audio_s,
            "text": reply.text,
            "segments": [segment] if reply.text else [],
        },
    )


def chat_whole(call: Call, reply: Reply) -> tuple[str, Iterator[Piece]]:
    message = {"role": "assistant", "content": reply.text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return _json(reply, _completion(call, "chat.completion", [choice]))


def chat_stream(call: Call, reply: Reply) -> tuple[str, Iterator[Piece]]:
    return "text/event-stream", _events(call, reply)


def _events(call: Call, reply: Reply) -> Iterator[Piece]:
    pace_s = 1 / reply.tokens_per_s if reply.tokens_per_s else 0.0
    for number, word in enumerate(re.findall(r"\s*\S+\s*$|\s*\S+", reply.text)):
        choice = {"index": 0, "delta": {"role": "assistant", "content": word}}
        yield pace_s if number else 0.0, _event(call, [choice])
    if reply.fault == "invalid_json":
        yield 0.0, b'data: {"choices": [\n\n'
    yield 0.0, _event(call, [{"index": 0, "delta": {}, "finish_reason": "stop"}])
    yield 0.0, b"data: [DONE]\n\n"


def _event(call: Call, choices: list[dict[str, Any]]) -> bytes:
    chunk = _completion(call, "chat.completion.chunk", choices)
    return f"data: {json.dumps(chunk)}\n\n".encode()


def _completion(call: Call, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "test", "object": kind, "created": 0, "model": call.model, "choices": choices}
