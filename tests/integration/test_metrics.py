"""A real session in figures: for the operator as metrics, for the facilitator as a summary."""

import asyncio
from pathlib import Path

import aiohttp
import pytest
from livekit import rtc
from tests.integration.conftest import Stage
from tests.support.clients import both_heard, person
from tests.support.metrics import samples
from tests.support.provider import Reply
from tests.support.speech import utterances
from tests.support.web_app import Client, web_app

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

TOKEN = "metrics-token-of-the-test"
SPEECH = utterances()["partner-scared"].path
WAIT_S = 30.0

Samples = dict[tuple[str, str], float]


async def read(stage: Stage) -> Samples:
    async with aiohttp.ClientSession() as http, http.get(f"{stage.web}/metrics") as reply:
        assert reply.status == 200, await reply.text()
        return samples(await reply.text())


async def until(stage: Stage, wanted: Samples) -> Samples:
    """The metrics once they hold these values; the worker tells its own every few seconds."""
    found: Samples = {}
    try:
        async with asyncio.timeout(WAIT_S):
            while any(found.get(key) != value for key, value in wanted.items()):
                await asyncio.sleep(0.2)
                found = await read(stage)
    except TimeoutError:
        told = {key: found.get(key) for key in wanted}
        raise AssertionError(f"wanted {wanted}, found {told}:\n{stage.coach.log()}") from None
    return found


async def test_a_session_moves_the_counters_and_leaves_no_trace_of_itself(stage: Stage) -> None:
    before = await until(stage, {("coach_worker_registered", ""): 1, ("coach_jobs_total", ""): 0})
    assert before["coach_web_process_resident_memory_bytes", ""] > 0
    assert before["coach_worker_process_resident_memory_bytes", ""] > 0
    async with both_heard(stage.web) as (facilitator, partner):
        await partner.say(SPEECH)
        await facilitator.until(lambda: facilitator.hints and facilitator.hints[0].complete)
        during = await until(
            stage,
            {
                ("coach_hints_total", "hint"): 1,
                ("coach_hint_latency_seconds_count", "total"): 1,
                ("coach_consents", "granted"): 1,
                ("coach_jobs_total", ""): 1,
            },
        )
        latency = facilitator.hints[0].lines[-1]["latency_ms"]["total"]
        assert during["coach_hint_latency_seconds_sum", "total"] == latency / 1000
        assert facilitator.session_id not in str(during)
        stage.provider.speech.default = Reply(status=401)
        await partner.say(SPEECH)
        await facilitator.until(lambda: facilitator.state() == ("degraded", "stt_key_refused"))
        failing = await until(stage, {("coach_sessions", "degraded"): 1})
        assert failing["coach_provider_errors_total", "key_refused,stt"] >= 1
    await stage.close_room()
    await until(stage, {("coach_sessions", "degraded"): 0, ("coach_consents", "granted"): 0})


async def test_the_facilitator_alone_gets_the_session_s_figures(stage: Stage) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await facilitator.until(lambda: facilitator.statuses)
        before = (await facilitator.call("coach.figures"))["figures"]
        assert before["talk_share"] is None
        assert before["hints_shown"] == 0
        await partner.publish_microphone()
        await partner.agree()
        await facilitator.until(facilitator.is_heard)
        await partner.say(SPEECH)
        await facilitator.until(lambda: facilitator.hints and facilitator.hints[0].complete)
        hint = facilitator.hints[0]
        verdict = {"hint_id": hint.attributes["hint_id"], "verdict": "used"}
        await facilitator.call("coach.feedback", verdict)
        answer = await facilitator.call("coach.figures")
        assert answer["reason"] == ""
        figures = answer["figures"]
        assert (figures["hints_shown"], figures["hints_used"], figures["hints_dismissed"]) == (
            1,
            1,
            0,
        )
        assert figures["latency_p50_ms"] == hint.lines[-1]["latency_ms"]["total"]
        assert 0 < figures["talk_share"] < 1
        assert 0 < figures["listened_s"] <= figures["duration_s"]
        with pytest.raises(rtc.RpcError, match="not allowed"):
            await partner.call("coach.figures")
        await partner.agree(agreed=False)
        await facilitator.until(lambda: facilitator.state()[0] == "stopped")
        withdrawn = await facilitator.call("coach.figures")
        assert withdrawn == {"figures": None, "reason": "consent_withdrawn"}


async def status(client: Client, **headers: str) -> int:
    async with client.get("/metrics", headers=headers) as reply:
        return reply.status


async def test_metrics_are_open_to_this_machine_alone(tmp_path: Path) -> None:
    async with web_app(tmp_path) as client:
        async with client.get("/metrics") as reply:
            assert reply.status == 200
            assert reply.headers["Cache-Control"] == "no-store"
            assert samples(await reply.text())["coach_worker_registered", ""] == 1
        assert await status(client, **{"X-Forwarded-For": "203.0.113.7"}) == 401


async def test_with_a_token_set_everyone_needs_it(tmp_path: Path) -> None:
    async with web_app(tmp_path, metrics_token=TOKEN) as client:
        assert await status(client) == 401
        assert await status(client, Authorization=f"Bearer {TOKEN}x") == 401
        assert await status(client, Authorization="Bearer é") == 401
        assert await status(client, Authorization=f"Bearer {TOKEN}") == 200


async def test_a_public_app_without_a_token_shows_nothing(tmp_path: Path) -> None:
    async with web_app(tmp_path, host="0.0.0.0") as client:  # noqa: S104 (the case itself)
        assert await status(client) == 401
