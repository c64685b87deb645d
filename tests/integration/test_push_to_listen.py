"""Push-to-listen: the coach hears while the facilitator holds the key, and hints once it is up."""

import pytest
from tests.integration.conftest import Stage
from tests.support.clients import RtcPerson, person
from tests.support.provider import Reply
from tests.support.speech import utterances

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

LISTENING = "Listening to participant: partner"
ANOTHER = """SUMMARY: A voice still frightens a young part.
SUGGESTION: Let them sense who in them notices it.
FOLLOW-UP: What is it like to be with it now?"""
FATHER = utterances()["partner-father"].path


async def until_reason(facilitator: RtcPerson, reason: str) -> None:
    await facilitator.until(
        lambda: facilitator.statuses and facilitator.statuses[-1]["reason"] == reason
    )


async def test_what_was_said_under_the_key_is_hinted_on_after_it(stage: Stage) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await partner.publish_microphone()
        await partner.agree()
        await facilitator.until(facilitator.coach)
        await facilitator.call("coach.listen", {"mode": "push"})
        await until_reason(facilitator, "push_released")
        await partner.say(FATHER)
        assert stage.provider.calls == []
        heard_before = stage.coach.log().count(LISTENING)
        await facilitator.call("coach.listen", {"held": True})
        await stage.coach.until(lambda: stage.coach.log().count(LISTENING) > heard_before)
        await partner.say(FATHER, then_silence_s=0.0)
        await facilitator.call("coach.listen", {"held": False})
        await facilitator.until(lambda: facilitator.hints and facilitator.hints[0].complete)
        assert len(stage.provider.speech_calls) == 1
        stage.provider.chat.default = Reply(ANOTHER)
        assert await facilitator.call("coach.hint_now") == {"seq": 2, "reason": ""}


async def test_a_facilitator_who_goes_lets_go_of_the_key(stage: Stage) -> None:
    async with person("partner", stage.web) as partner:
        async with person("facilitator", stage.web) as facilitator:
            await partner.publish_microphone()
            await partner.agree()
            await facilitator.until(facilitator.coach)
            await facilitator.call("coach.listen", {"mode": "push", "held": True})
            await facilitator.until(facilitator.is_heard)
        async with person("facilitator", stage.web) as facilitator:
            await facilitator.until(lambda: facilitator.state() == ("paused", "push_released"))
