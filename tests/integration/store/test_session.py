"""A whole session on either engine: its words are kept while it runs, and gone when it is over."""

from pathlib import Path

import pytest
from tests.support.clients import both_heard
from tests.support.speech import utterances
from tests.support.stage import running_stage
from tests.support.stores import Engine

from coach.livekit_server import Endpoint

pytestmark = pytest.mark.integration

FATHER = utterances()["partner-father"].path
SAID = {"There is a part of me that feels really scared.", "Invite them to notice", "Slow is fine."}


async def test_words_live_as_long_as_the_session(
    engine: Engine, livekit: Endpoint, tmp_path: Path
) -> None:
    url = engine.settings.database_url
    database = {"database_url": url.get_secret_value()} if url else {}
    async with running_stage(tmp_path, livekit, **database) as stage:
        async with both_heard(stage.web) as (facilitator, partner):
            await partner.say(FATHER)
            await facilitator.until(lambda: facilitator.hints and facilitator.hints[0].complete)
            assert engine.found(SAID) == SAID
            (missed,) = await facilitator.missed_hints()
            assert missed["seq"] == 1
            await stage.close_room()
        await stage.coach.until(lambda: "Session ended, its text erased" in stage.coach.log())
        assert engine.found(SAID) == set()
        (receipt,) = engine.run("SELECT reason, hints, turns FROM receipts")
        assert receipt.reason == "ended"
        assert min(receipt.hints, receipt.turns) >= 1
        assert [row.state for row in engine.run("SELECT state FROM consents")] == ["granted"]
