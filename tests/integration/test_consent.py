"""Nothing is heard without consent, and every stop takes effect at once."""

import asyncio

import pytest
from livekit import api, rtc
from tests.integration.conftest import ROOM, Stage
from tests.support.clients import RtcPerson, both_heard, person
from tests.support.provider import Reply
from tests.support.speech import utterances

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

SPEECH = utterances()["partner-scared"].path


def state(facilitator: RtcPerson) -> str:
    return str(facilitator.statuses[-1]["state"]) if facilitator.statuses else ""


@pytest.mark.parametrize("answer", [None, False])
async def test_nobody_is_heard_who_has_not_agreed(stage: Stage, answer: bool | None) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await partner.publish_microphone()
        if answer is not None:
            assert await partner.agree(agreed=answer) == "declined"
        await facilitator.until(lambda: state(facilitator) in ("waiting_for_consent", "stopped"))
        await partner.say(SPEECH)
        assert stage.provider.calls == []
        assert "Listening to participant" not in stage.coach.log().split("Coach dispatched")[-1]


async def test_a_partner_cannot_agree_by_writing_the_attribute(stage: Stage) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await partner.publish_microphone()
        await facilitator.until(lambda: state(facilitator) == "waiting_for_consent")
        await partner.room.local_participant.set_attributes({"coach.consent": "granted"})
        beats = len(facilitator.statuses)
        await facilitator.until(lambda: len(facilitator.statuses) > beats + 1)
        assert state(facilitator) == "waiting_for_consent"


async def test_the_facilitator_cannot_agree_for_the_partner(stage: Stage) -> None:
    async with person("facilitator", stage.web) as facilitator:
        with pytest.raises(AssertionError, match="not_the_partner"):
            await facilitator.agree()


@pytest.mark.parametrize("stop", ["pause", "withdraw"])
async def test_a_hint_on_its_way_stops_with_the_listening(stage: Stage, stop: str) -> None:
    slow = Reply(
        "SUMMARY: They feel scared.\nSUGGESTION: " + "notice " * 12 + "\nFOLLOW-UP: Where? | How?",
        tokens_per_s=4,
    )
    stage.provider.chat.default = slow
    async with both_heard(stage.web) as (facilitator, partner):
        speaking = asyncio.create_task(partner.say(SPEECH, then_silence_s=6.0))
        await facilitator.until(lambda: facilitator.hints and facilitator.hints[0].lines)
        if stop == "pause":
            await partner.call("coach.pause")
        else:
            assert await partner.agree(agreed=False) == "withdrawn"
        await facilitator.until(lambda: facilitator.hints[0].ended)
        assert not facilitator.hints[0].complete
        await facilitator.until(lambda: state(facilitator) in ("paused", "stopped"))
        await speaking
        assert len(facilitator.hints) == 1
        assert await facilitator.missed_hints() == []


async def test_each_person_lifts_only_the_own_pause(stage: Stage) -> None:
    async with both_heard(stage.web) as (facilitator, partner):
        assert await partner.call("coach.pause") == {"paused_by": ["partner"]}
        assert await facilitator.call("coach.resume") == {"paused_by": ["partner"]}
        await partner.say(SPEECH)
        assert stage.provider.calls == []
        assert await partner.call("coach.resume") == {"paused_by": []}
        await facilitator.until(facilitator.is_heard)
        await partner.say(SPEECH)
        await facilitator.until(lambda: facilitator.hints)


async def test_a_microphone_that_is_taken_away_and_given_back_is_heard(stage: Stage) -> None:
    async with (
        both_heard(stage.web) as (facilitator, partner),
        stage.api() as server,
    ):
        (sid,) = partner.room.local_participant.track_publications
        times = stage.coach.log().count("Listening to participant")
        for subscribe in (False, True):
            await server.room.update_subscriptions(
                api.UpdateSubscriptionsRequest(
                    room=ROOM, identity="coach", track_sids=[sid], subscribe=subscribe
                )
            )
        await stage.coach.until(lambda: stage.coach.log().count("Listening to participant") > times)
        await facilitator.until(facilitator.is_heard)
        await partner.say(SPEECH)
        await facilitator.until(lambda: facilitator.hints)


@pytest.mark.parametrize(
    "method", ["coach.hint_now", "coach.pace", "coach.feedback", "coach.listen", "coach.captions"]
)
async def test_the_partner_has_none_of_the_facilitators_controls(stage: Stage, method: str) -> None:
    async with person("partner", stage.web) as partner:
        await partner.until(partner.coach)
        with pytest.raises(rtc.RpcError, match="not allowed"):
            await partner.call(method, {"pace": "lively", "on": True})


@pytest.mark.parametrize("payload", ["{", "[]", '{"pace": "faster"}', "x" * 10_000, '{"pace": 1}'])
async def test_a_bad_payload_is_refused_and_harms_nothing(stage: Stage, payload: str) -> None:
    async with person("facilitator", stage.web) as facilitator:
        await facilitator.until(facilitator.coach)
        with pytest.raises(rtc.RpcError, match=r"payload|not understood"):
            await facilitator.room.local_participant.perform_rpc(
                destination_identity="coach", method="coach.pace", payload=payload
            )
        assert await facilitator.call("coach.pace", {"pace": "quiet"}) == {"pace": "quiet"}
