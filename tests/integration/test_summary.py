"""The note on a session: asked for by the facilitator and seen by nobody else."""

from pathlib import Path

import pytest
from livekit import rtc
from tests.integration.conftest import Stage
from tests.support.clients import RtcPerson, both_heard, person
from tests.support.livekit import running_livekit
from tests.support.provider import HEARD, HINT, Call, Reply
from tests.support.speech import utterances
from tests.support.stage import running_stage

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

SPEECH = utterances()["partner-scared"].path
NOTE = "THEMES: fear | home\nPARTS: the scared part\nHELPED: -\nOPEN: what it protects"


def answer(call: Call) -> Reply:
    wanted = call.messages[0]["content"]
    return Reply(NOTE if "THEMES:" in wanted else HINT)


async def heard(facilitator: RtcPerson, partner: RtcPerson) -> None:
    await partner.publish_microphone()
    await partner.agree()
    await facilitator.until(facilitator.is_heard)
    await partner.say(SPEECH)
    await facilitator.until(lambda: facilitator.hints and facilitator.hints[0].complete)


async def test_the_note_rests_on_what_was_said_and_goes_to_the_facilitator(stage: Stage) -> None:
    stage.provider.chat.default = answer
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await facilitator.until(lambda: facilitator.statuses)
        assert await facilitator.call("coach.summary") == {"items": {}, "reason": "nothing_heard"}
        await heard(facilitator, partner)
        written = await facilitator.call("coach.summary")
        assert written["reason"] == ""
        assert written["items"] == {
            "themes": ["fear", "home"],
            "parts": ["the scared part"],
            "helped": [],
            "open": ["what it protects"],
        }
        asked = stage.provider.chat_calls[-1].messages[1]["content"]
        assert HEARD in asked
        assert "Invite them to notice" in asked
        with pytest.raises(rtc.RpcError, match="not allowed"):
            await partner.call("coach.summary")
        assert not any("what it protects" in event for _, event in partner.raw)
        assert "what it protects" not in stage.coach.log()


async def test_no_note_after_the_partner_withdrew(stage: Stage) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await heard(facilitator, partner)
        await partner.agree(agreed=False)
        await facilitator.until(lambda: facilitator.state()[0] == "stopped")
        written = await facilitator.call("coach.summary")
        assert written == {"items": {}, "reason": "consent_withdrawn"}


async def test_a_refused_note_says_why(stage: Stage) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await heard(facilitator, partner)
        stage.provider.chat.default = Reply(status=401)
        written = await facilitator.call("coach.summary")
        assert written == {"items": {}, "reason": "llm_key_refused"}


async def test_a_limit_leaves_the_note_on_what_was_heard_before(tmp_path: Path) -> None:
    with running_livekit(tmp_path / "livekit") as livekit:
        async with running_stage(tmp_path / "coach", livekit, session_max_cost="0.0001") as stage:
            stage.provider.chat.default = answer
            async with both_heard(stage.web) as (facilitator, partner):
                await partner.say(SPEECH)
                await facilitator.until(lambda: facilitator.state() == ("stopped", "cost_limit"))
                written = await facilitator.call("coach.summary")
                assert written["items"]["parts"] == ["the scared part"]
