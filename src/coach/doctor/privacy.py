"""The privacy self-test: what reaches a partner while the facilitator gets a hint."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from livekit import rtc

from coach.doctor.case import Case
from coach.doctor.facilitator import Facilitator
from coach.doctor.finding import Finding, failed, passed
from coach.doctor.recorder import Recorder, recording
from coach.doctor.rooms import FreshRoom, fresh_room
from coach.doctor.workers import summon
from coach.protocol import ATTRIBUTE_CONSENT

HINT_SECONDS = 15.0
LATE_SECONDS = 1.0
REPORT = "don't use this coach with anybody; report it with this output"


async def privacy(case: Case) -> Finding:
    """A partner joins, a facilitator gets a test hint: the partner must receive 0 bytes of it."""
    async with _session(case) as (room, facilitator, recorder):
        try:
            async with asyncio.timeout(HINT_SECONDS):
                await facilitator.probe(case.settings.partner_id)
                await recorder.saw_probe()
                await summon(room)
                await facilitator.hear_of_the_coach()
                hint = await facilitator.get_hint()
        except (TimeoutError, rtc.RpcError) as error:
            return failed(
                f"no test hint reached the facilitator ({type(error).__name__})",
                "read the worker's log; then: coach doctor --only worker",
            )
        await asyncio.sleep(LATE_SECONDS)
        leaked = await recorder.leaked(_texts(hint))
    if leaked.size:
        return failed(f"the partner received {leaked.size} bytes: {leaked.kinds}", REPORT)
    return passed(
        f"the facilitator got a hint of {len(hint.encode())} bytes; the partner received 0 bytes"
        f" in {recorder.events} events"
    )


def _texts(hint: str) -> set[str]:
    lines = [json.loads(line) for line in hint.splitlines()]
    return {line["text"] for line in lines if line.get("text")}


@asynccontextmanager
async def _session(case: Case) -> AsyncIterator[tuple[FreshRoom, Facilitator, Recorder]]:
    """Both people in a room of its own, the partner with consent given."""
    settings = case.settings
    async with AsyncExitStack() as stack:
        room = await stack.enter_async_context(fresh_room(case.server))
        granted = {ATTRIBUTE_CONSENT: "granted"}
        recorder = await stack.enter_async_context(recording(room, settings.partner_id, granted))
        facilitator = Facilitator(room, settings.facilitator_id)
        stack.push_async_callback(facilitator.leave)
        await facilitator.join()
        yield room, facilitator, recorder
