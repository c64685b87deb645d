"""Which hint the benchmarks count for which turn."""

import asyncio
import json
import time
from typing import cast

import numpy as np
import pytest
from bench.people import Ear, Microphone, Piece
from bench.sides import Side, our_progress
from bench.sound import Sound

pytestmark = pytest.mark.unit

NO_SOUND = Sound(np.zeros(0, np.int16), 0)
LINES = "".join(
    json.dumps(line) + "\n"
    for line in (
        {"section": "summary", "text": "Fear is near.", "done": True},
        {"section": "suggestion", "text": "Stay with it.", "done": True},
        {"latency_ms": {"total": 1500}},
    )
)


class Mute:
    """Has spoken at once."""

    async def say(self, _sound: Sound) -> float:
        return time.monotonic()


def side() -> Side:
    return Side("coach", "", our_progress, cast("Microphone", Mute()), cast("Ear", None))


def piece(opened_at: float) -> Piece:
    return Piece(LINES, opened_at, time.monotonic(), ended=True)


async def test_the_end_of_an_earlier_hint_is_not_the_next_turns_hint() -> None:
    ours = side()
    earlier = time.monotonic()
    turn = asyncio.create_task(ours.take(NO_SOUND))
    await asyncio.sleep(0)
    ours.arrived(piece(earlier))
    assert not ours.complete.is_set()
    assert not ours.times.first_word_at
    ours.arrived(piece(time.monotonic()))
    ended = await turn
    assert ours.times.first_word_at >= ended
    assert ours.hints == 2
