"""Providers that stay away, a hostile partner: the session bears it."""

import contextlib
import json
import time

import pytest
from livekit import rtc
from tests.faults.conftest import Note
from tests.faults.watching import GAP_S, SPEECH, Call, call
from tests.support.provider import HINT, Reply
from tests.support.stage import Stage

pytestmark = [pytest.mark.faults, pytest.mark.asyncio(loop_scope="module")]

BEAT_S = 2.0
PACKETS = 10_000
FAILURES_S = 12.0
LOST_WORDS = "my father never came home that night"


async def test_the_recogniser_stays_away_and_nothing_said_is_lost(stage: Stage, note: Note) -> None:
    async with call(stage.web) as both:
        stage.provider.speech.default = Reply(status=503)
        began = time.monotonic()
        await both.partner.say(SPEECH)
        await both.facilitator.until(lambda: both.watcher.first(began, "degraded"))
        first = both.watcher.first(began, "degraded")
        assert first is not None
        assert first[2] == "stt_failing"
        await stage.provider.until(
            lambda: len(stage.provider.speech_calls) >= 5, timeout_s=FAILURES_S + 20
        )
        stage.provider.speech.default = Reply(LOST_WORDS)
        mended = time.monotonic()
        await both.facilitator.until(lambda: both.watcher.first(mended, "listening", "thinking"))
        back = both.watcher.beats[-1][0]
        await both.hear_a_hint()
        asked = json.dumps(stage.provider.chat_calls[-1].messages)
        assert LOST_WORDS in asked
        both.assert_sound(began)
        assert both.seqs() == [1]
        note(
            "speech recognition answers 503",
            "degraded: has a fault of its own",
            noticed=first[0] - began,
            back=back - mended,
        )


async def test_the_model_stays_away_and_the_next_hint_knows_what_was_said(
    stage: Stage, note: Note
) -> None:
    async with call(stage.web) as both:
        await both.facilitator.call("coach.pace", {"pace": "lively"})
        as_usual = stage.provider.speech.default
        stage.provider.speech.default = Reply(LOST_WORDS)
        stage.provider.chat.default = Reply(fault="reset")
        began = time.monotonic()
        await both.partner.say(SPEECH)
        await both.facilitator.until(lambda: both.watcher.first(began, "degraded"))
        first = both.watcher.first(began, "degraded")
        assert first is not None
        assert first[2] == "llm_unreachable"
        stage.provider.speech.default = as_usual
        stage.provider.chat.default = Reply(HINT)
        mended = time.monotonic()
        await both.hear_a_hint()
        await both.facilitator.until(lambda: both.facilitator.state()[0] != "degraded")
        assert LOST_WORDS in json.dumps(stage.provider.chat_calls[-1].messages)
        both.assert_sound(began)
        assert both.seqs() == [1]
        note(
            "language model resets connections",
            "degraded: can't be reached",
            noticed=first[0] - began,
            back=time.monotonic() - mended,
        )


async def test_a_hostile_partner_floods_and_sends_rubbish(stage: Stage, note: Note) -> None:
    async with call(stage.web) as both:
        began = time.monotonic()
        me = both.partner.room.local_participant
        for number in range(PACKETS):
            await me.publish_data(b"x" * 100, reliable=False, topic=f"coach.{number % 7}")
        for payload in ("{", "[" * 1500, "x" * 14_000, '{"pace": 3}', "\0", "null"):
            for method in ("coach.pause", "coach.pace", "coach.hint_now", "coach.feedback"):
                await _rubbish(both, method, payload)
        assert await both.partner.call("coach.resume") == {"paused_by": []}
        resumed = time.monotonic()
        await both.facilitator.until(lambda: both.watcher.beats[-1][0] > resumed + BEAT_S)
        await both.until_heard()
        await both.hear_a_hint()
        last = both.watcher.beats[-1][0]
        assert both.watcher.sound.longest_gap(began, last) < GAP_S
        assert both.watcher.longest_silence(began, last) < 5.0
        assert both.seqs() == [1]
        note("10,000 packets and malformed RPC", "nothing", noticed=None, back=None)


async def _rubbish(both: Call, method: str, payload: str) -> None:
    with contextlib.suppress(rtc.RpcError):
        await both.partner.room.local_participant.perform_rpc(
            destination_identity="coach", method=method, payload=payload, response_timeout=5
        )
