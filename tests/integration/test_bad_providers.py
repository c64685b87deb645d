"""Whatever the services answer, the facilitator is told and the session goes on."""

import pytest
from tests.integration.conftest import Stage
from tests.support.clients import RtcPerson, both_heard
from tests.support.provider import NONSENSE, Reply
from tests.support.speech import utterances

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

SPEECH = utterances()["partner-scared"].path


def _says(facilitator: RtcPerson) -> tuple[str, str]:
    if not facilitator.statuses:
        return ("", "")
    return facilitator.statuses[-1]["state"], facilitator.statuses[-1]["reason"]


@pytest.mark.parametrize(
    ("part", "status", "reason"),
    [
        ("speech", 401, "stt_key_refused"),
        ("chat", 401, "llm_key_refused"),
        ("chat", 404, "model_not_found"),
        ("chat", 429, "rate_limited"),
        ("speech", 500, "stt_failing"),
    ],
)
async def test_a_refusal_is_shown_and_logged_and_passes(
    stage: Stage, part: str, status: int, reason: str
) -> None:
    script = stage.provider.speech if part == "speech" else stage.provider.chat
    good = script.default
    script.default = Reply(status=status)
    async with both_heard(stage.web) as (facilitator, partner):
        await partner.say(SPEECH)
        await facilitator.until(lambda: _says(facilitator) == ("degraded", reason))
        assert f"reason={reason}" in stage.coach.log()
        script.default = good
        await partner.say(SPEECH)
        await facilitator.until(lambda: facilitator.hints and facilitator.hints[-1].complete)
        await facilitator.until(lambda: _says(facilitator)[0] != "degraded")


@pytest.mark.parametrize(
    "answer", ["", "(coach is thinking…)", "I am sorry, I can't help.", NONSENSE]
)
async def test_an_answer_that_is_no_hint_makes_no_card_of_rubbish(
    stage: Stage, answer: str
) -> None:
    good = stage.provider.chat.default
    stage.provider.chat.default = Reply(answer)
    async with both_heard(stage.web) as (facilitator, partner):
        await partner.say(SPEECH)
        await stage.provider.until(
            lambda: any(call.outcome != "open" for call in stage.provider.chat_calls), timeout_s=10
        )
        stage.provider.chat.default = good
        await partner.say(SPEECH)
        await facilitator.until(lambda: any(hint.complete for hint in facilitator.hints))
        for hint in facilitator.hints:
            for line in hint.lines:
                assert len(line.get("text", "")) < 400


async def test_empty_recognition_makes_no_request_and_no_card(stage: Stage) -> None:
    stage.provider.speech.default = Reply("")
    async with both_heard(stage.web) as (facilitator, partner):
        await partner.say(SPEECH, then_silence_s=3.0)
        assert stage.provider.speech_calls
        assert stage.provider.chat_calls == []
        assert facilitator.hints == []
