"""A real model as the answerer of replayed requests, with the times that it really takes."""

import time

from openai import OpenAI, OpenAIError
from openai.types.chat import ChatCompletionMessageParam

from coach.errors import CoachError
from coach.hints.events import Message
from coach.hints.replay import Answers
from coach.hints.sessions import Reply
from coach.settings import Settings

_TIMEOUT_S = 20.0
_MAX_TOKENS = 220


def asked(model: str, settings: Settings) -> Answers:
    """Asks `model` at the service that the settings name, one request at a time.

    Raises CoachError when there is no key, and from the answers when the service refuses.
    """
    key = settings.llm_api_key or settings.openai_api_key
    if key is None:
        raise CoachError("no key for a model", "set OPENAI_API_KEY or LLM_API_KEY")
    client = OpenAI(
        api_key=key.get_secret_value(),
        base_url=settings.llm_base_url or settings.openai_base_url,
        timeout=_TIMEOUT_S,
        max_retries=1,
    )

    def answer(messages: tuple[Message, ...], turn: int, before: int) -> Reply:
        del turn, before
        try:
            return _timed(client, model, messages)
        except OpenAIError as error:
            raise CoachError(
                f"the model {model} gave no answer: {type(error).__name__}",
                "check the model's name, the key and the service",
            ) from None

    return answer


def _message(message: Message) -> ChatCompletionMessageParam:
    if message.role == "system":
        return {"role": "system", "content": message.text}
    if message.role == "assistant":
        return {"role": "assistant", "content": message.text}
    return {"role": "user", "content": message.text}


def _timed(client: OpenAI, model: str, messages: tuple[Message, ...]) -> Reply:
    """The answer, and its speed in tokens of four characters."""
    asked_at = time.monotonic()
    first_at: float | None = None
    text = ""
    stream = client.chat.completions.create(
        model=model,
        messages=[_message(message) for message in messages],
        max_tokens=_MAX_TOKENS,
        stream=True,
    )
    for chunk in stream:
        piece = chunk.choices[0].delta.content if chunk.choices else None
        if piece and first_at is None:
            first_at = time.monotonic()
        text += piece or ""
    ended_at = time.monotonic()
    first_s = (first_at or ended_at) - asked_at
    writing_s = max(0.01, ended_at - asked_at - first_s)
    return Reply(text, first_s, max(1.0, len(text) / 4 / writing_s))
