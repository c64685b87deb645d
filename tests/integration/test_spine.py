"""The main job: the partner speaks, the facilitator reads, and nobody else gets a byte."""

import asyncio
import time

import pytest
from livekit import api, rtc
from tests.integration.conftest import ROOM, Stage
from tests.support.clients import RtcPerson, person
from tests.support.provider import HEARD
from tests.support.speech import utterances

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

FATHER = utterances()["partner-father"].path
QUESTION = utterances()["facilitator-question"].path

HARMLESS = {
    "room_sid_changed",
    "connection_state_changed",
    "connection_quality_changed",
    "token_refreshed",
    "participant_connected",
    "participant_disconnected",
    "participant_active",
    "participants_updated",
    "room_updated",
    "local_track_published",
    "local_track_subscribed",
    "active_speakers_changed",
    "track_published",
    "track_subscribed",
    "track_unpublished",
    "track_unsubscribed",
}


async def listening(facilitator: RtcPerson) -> None:
    await facilitator.until(facilitator.is_heard)


async def agreed_partner(partner: RtcPerson) -> None:
    await partner.publish_microphone()
    await partner.agree()


async def test_a_hint_reaches_the_facilitator_alone(stage: Stage) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await agreed_partner(partner)
        await listening(facilitator)
        await partner.say(FATHER)
        await facilitator.until(lambda: facilitator.hints and facilitator.hints[0].complete)
        hint = facilitator.hints[0]
        assert hint.sender == "coach"
        assert (hint.attributes["v"], hint.attributes["seq"]) == ("1", "1")
        assert abs(int(hint.attributes["heard_at"]) - time.time() * 1000) < 30_000
        assert hint.text("summary")
        assert hint.text("suggestion")
        assert " | " in hint.text("follow_up")
        assert hint.text("reminder")
        assert set(hint.lines[-1]["latency_ms"]) == {"stt", "llm_first", "total"}
        assert [*partner.hints, *partner.statuses, *partner.captions] == []
        leaks = [event for event in partner.raw if event[0] not in HARMLESS]
        attributes = [text for kind, text in leaks if kind == "participant_attributes_changed"]
        assert all("coach.state" in text or "coach.consent" in text for text in attributes)
        assert [kind for kind, _ in leaks if kind != "participant_attributes_changed"] == []
        everything = "".join(text for _, text in partner.raw)
        assert HEARD not in everything
        assert hint.text("suggestion") not in everything


async def test_both_people_see_the_coachs_state_and_nothing_else(stage: Stage) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await partner.until(partner.coach)
        await agreed_partner(partner)
        await listening(facilitator)
        await partner.until(lambda: _state(partner) == "listening")
        coach = partner.coach()
        assert coach is not None
        assert coach.metadata == ""
        named = {"coach.state", "lk.agent_name", "lk.agent.name"}
        assert set(coach.attributes) <= named
        assert not coach.track_publications


def _state(someone: RtcPerson) -> str:
    coach = someone.coach()
    return coach.attributes.get("coach.state", "") if coach else ""


async def test_exactly_the_two_models_are_asked(stage: Stage) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await agreed_partner(partner)
        await listening(facilitator)
        await partner.say(FATHER)
        await facilitator.until(lambda: facilitator.hints and facilitator.hints[0].complete)
        assert {call.model for call in stage.provider.speech_calls} == {"whisper-1"}
        assert {call.model for call in stage.provider.chat_calls} == {"gpt-4o-mini"}
        assert {call.key for call in stage.provider.calls} == {"sk-test"}


async def test_the_facilitators_speech_reaches_no_service(stage: Stage) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await agreed_partner(partner)
        await facilitator.publish_microphone()
        await listening(facilitator)
        await facilitator.say(QUESTION)
        assert stage.provider.calls == []
        assert facilitator.statuses[-1]["last_heard_at"] is None


async def test_a_third_participants_speech_reaches_no_service(stage: Stage) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await agreed_partner(partner)
        await listening(facilitator)
        observer = RtcPerson("observer", stage.web)
        grants = api.VideoGrants(room_join=True, room=ROOM)
        secret = stage.livekit.api_secret.get_secret_value()
        token = api.AccessToken(stage.livekit.api_key, secret).with_identity("observer")
        await observer.room.connect(stage.livekit.url, token.with_grants(grants).to_jwt())
        try:
            await observer.publish_microphone()
            await observer.say(FATHER)
            assert stage.provider.calls == []
        finally:
            await observer.leave()


async def test_video_and_screen_are_never_subscribed(stage: Stage) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        camera = rtc.LocalVideoTrack.create_video_track("camera", rtc.VideoSource(64, 64))
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_CAMERA)
        published = await partner.room.local_participant.publish_track(camera, options)
        await agreed_partner(partner)
        await listening(facilitator)
        await facilitator.until(lambda: facilitator.statuses[-1]["reason"] == "")
        async with stage.api() as server:
            found = await server.room.get_participant(
                api.RoomParticipantIdentity(room=ROOM, identity="coach")
            )
        assert found.permission.can_publish is False
        assert found.permission.hidden is False
        assert published.sid
        assert "Listening to participant: partner" in stage.coach.log()


async def test_the_three_log_lines_come_in_order(stage: Stage) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await agreed_partner(partner)
        await listening(facilitator)
        await stage.coach.until(lambda: "Listening to participant: partner" in stage.coach.log())
        log = stage.coach.log()
        lines = [
            "Connected to LiveKit server",
            f"Joined room: {ROOM}",
            "Listening to participant: partner",
        ]
        places = [log.index(line) for line in lines]
        assert places == sorted(places)


@pytest.mark.parametrize("first", ["facilitator", "partner"])
async def test_the_coach_comes_whoever_is_first_and_after_reloads(stage: Stage, first: str) -> None:
    second = "partner" if first == "facilitator" else "facilitator"
    async with person(first, stage.web) as early:
        await early.until(early.coach)
        async with person(second, stage.web) as late:
            await late.until(late.coach)
        async with person(second, stage.web) as again:
            await again.until(again.coach)
            partner = again if second == "partner" else early
            facilitator = early if second == "partner" else again
            await agreed_partner(partner)
            await listening(facilitator)
            await partner.say(FATHER)
            await facilitator.until(lambda: facilitator.hints and facilitator.hints[0].complete)


async def test_consent_given_before_a_reload_still_holds_after_it(stage: Stage) -> None:
    async with person("facilitator", stage.web) as facilitator:
        async with person("partner", stage.web) as partner:
            assert await partner.agree() == "granted"
            await partner.until(lambda: _state(partner) == "listening")
        await facilitator.until(lambda: facilitator.state()[0] == "waiting_for_partner")
        async with person("partner", stage.web) as partner:
            await partner.publish_microphone()
            await listening(facilitator)


async def test_a_reloaded_facilitator_finds_the_hints_that_were_shown(stage: Stage) -> None:
    async with person("partner", stage.web) as partner:
        async with person("facilitator", stage.web) as facilitator:
            await agreed_partner(partner)
            await listening(facilitator)
            await partner.say(FATHER)
            await facilitator.until(lambda: facilitator.hints and facilitator.hints[0].complete)
            shown = facilitator.hints[0].text("suggestion")
        async with person("facilitator", stage.web) as facilitator:
            missed = await facilitator.missed_hints()
            texts = [s["text"] for s in missed[0]["sections"] if s["section"] == "suggestion"]
            assert texts == [shown]
            assert await facilitator.missed_hints(after=1) == []


async def test_only_one_coach_however_often_one_is_asked_for(stage: Stage) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await asyncio.gather(*(partner.post("/api/coach", {}) for _ in range(5)))
        await asyncio.gather(*(facilitator.post("/api/coach", {}) for _ in range(5)))
        await facilitator.until(lambda: len(facilitator.statuses) > 1)
        agents = [
            someone
            for someone in facilitator.room.remote_participants.values()
            if someone.kind == rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
        ]
        assert len(agents) == 1
