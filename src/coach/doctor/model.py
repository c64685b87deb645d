"""The language model: does it answer in the hint format, and how fast?"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from livekit.agents import APIConnectOptions, APIError, llm

from coach.doctor.case import Case
from coach.doctor.finding import Finding, failed, passed, warned
from coach.doctor.service import Service, refusal, services
from coach.hints.config import EngineConfig
from coach.hints.context import Context, Occasion
from coach.hints.events import Message
from coach.hints.parser import SectionParser, is_thinking
from coach.hints.prompts import Prompt
from coach.prompting import load_prompt
from coach.settings import Settings
from coach.worker.providers import language_model

SAID = "There is a part of me that gets really angry, and I don't know what it wants."
ANSWER_SECONDS = 20.0
SLOW_SECONDS = 2.5
CALL = APIConnectOptions(max_retry=0, timeout=ANSWER_SECONDS)
LABELS = {"summary": "SUMMARY", "suggestion": "SUGGESTION", "follow_up": "FOLLOW-UP"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, and the seconds to its first and last word."""

    text: str
    first: float
    total: float


async def model(case: Case) -> Finding:
    """Ask for a hint as the worker does, and read it as the worker does."""
    prompt = load_prompt(case.settings)
    async with services(case) as (settings, rehearsal):
        service = Service("llm", settings)
        try:
            answer = await _ask(settings, prompt)
        except (APIError, TimeoutError) as failure:
            return refusal(service, failure)
    who = "the rehearsal" if rehearsal else f"{service.model} at {service.host}"
    return _judge(answer, prompt, who, service)


def _judge(answer: Answer, prompt: Prompt, who: str, service: Service) -> Finding:
    if is_thinking(answer.text):
        return warned(f"{who} had nothing to say", "try another prompt: coach prompts check")
    sections = _sections(answer.text)
    wanted = [name for name in prompt.sections if name in LABELS]
    missing = [LABELS[name] for name in wanted if name not in sections]
    if missing:
        return failed(
            f"{who} does not answer in the hint format: {', '.join(missing)} missing",
            f"set {service.model_key} to a model that follows instructions",
        )
    reason = (
        f"{who} answers in the hint format, first word after {answer.first:.1f} s,"
        f" all after {answer.total:.1f} s"
    )
    if answer.first > SLOW_SECONDS:
        return warned(reason, f"hints will often be late: set {service.model_key} to a faster one")
    return passed(reason)


def _sections(text: str) -> set[str]:
    parser = SectionParser()
    parser.feed(text)
    parser.end()
    return {piece.section for piece in parser.pieces()}


async def _ask(settings: Settings, prompt: Prompt) -> Answer:
    occasion = Occasion(SAID, settings.language_of_hints(), prompt.sections, urgent=True)
    writer = language_model(settings)
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await _read(writer, Context().messages(prompt, occasion))
    finally:
        await writer.aclose()


async def _read(writer: llm.LLM[None], messages: Sequence[Message]) -> Answer:
    context = llm.ChatContext.empty()
    for message in messages:
        context.add_message(role=message.role, content=message.text)
    limit = {"max_tokens": EngineConfig().max_tokens}
    began = time.monotonic()
    first, text = 0.0, ""
    async with writer.chat(chat_ctx=context, conn_options=CALL, extra_kwargs=limit) as chunks:
        async for chunk in chunks:
            if chunk.delta and chunk.delta.content:
                first = first or time.monotonic() - began
                text += chunk.delta.content
    return Answer(text, first, time.monotonic() - began)
