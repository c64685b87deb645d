"""Many sessions of one contender at once, each with two people, in real time."""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field

from bench.script import spoken_texts
from bench.sides import HINT_SECONDS, Side
from bench.sound import Sound, load_sound
from bench.usage import Meter, Processes

LATE_SECONDS = 1.0
"""For the end of a hint, or another one on the same turn, to come in."""


@dataclass(frozen=True, slots=True)
class Contender:
    """`parts`: its processes by what they are. `enter`: a session of this number, all there."""

    name: str
    parts: Mapping[str, Processes]
    enter: Callable[[int], AbstractAsyncContextManager[Side]]


@dataclass(frozen=True, slots=True)
class Pace:
    """So many turns a session, one every `period_s` seconds; sessions are spread over a period."""

    turns: int
    period_s: float


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch with so many sessions. `first_word_ms`: from the end of speech to the first hint
    word of each turn that got its hint; `repeated`: hints beyond one a turn; `cores` used by each
    part; `memory_mb` of each part afterwards.
    """

    sessions: int
    first_word_ms: list[float]
    dropped: int
    repeated: int
    cores: dict[str, float]
    memory_mb: dict[str, float]

    @property
    def waits_ms(self) -> list[float]:
        """Of every turn; a dropped one waited in vain for as long as anybody would."""
        return [*self.first_word_ms, *(self.dropped * [HINT_SECONDS * 1000])]


@dataclass(slots=True)
class Crowd:
    """Sessions that stay until the stack ends."""

    contender: Contender
    stack: AsyncExitStack
    sides: list[Side] = field(default_factory=list)
    _sounds: list[Sound] = field(
        default_factory=lambda: [load_sound(said.path) for said in spoken_texts()]
    )
    _spoken: int = 0

    async def grow(self, sessions: int) -> None:
        """Bring it to so many. Raises TimeoutError when the contender takes no more."""
        entering = map(self.contender.enter, range(len(self.sides), sessions))
        self.sides += await asyncio.gather(*map(self.stack.enter_async_context, entering))

    async def speak(self, pace: Pace) -> list[float | None]:
        """Milliseconds to the first hint word of each turn; None for one without a hint."""
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._converse(number, pace, began))
                for number in range(len(self.sides))
            ]
        self._spoken += pace.turns
        return [wait for task in tasks for wait in task.result()]

    async def hold(self, pace: Pace) -> Held:
        """Speak, and measure what it takes."""
        meter = Meter(self.contender.parts)
        await asyncio.sleep(LATE_SECONDS)
        before = sum(side.hints for side in self.sides)
        with meter.stretch() as cores:
            waits = await self.speak(pace)
        await asyncio.sleep(LATE_SECONDS)
        came = [wait for wait in waits if wait is not None]
        hints = sum(side.hints for side in self.sides) - before
        return Held(
            sessions=len(self.sides),
            first_word_ms=came,
            dropped=len(waits) - len(came),
            repeated=max(0, hints - len(waits)),
            cores=cores,
            memory_mb=meter.memory_mb(),
        )

    async def _converse(self, number: int, pace: Pace, began: float) -> list[float | None]:
        waits: list[float | None] = []
        for turn in range(pace.turns):
            due = began + (turn + number / len(self.sides)) * pace.period_s
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            sound = self._sounds[(number + turn + self._spoken) % len(self._sounds)]
            waits.append(await _wait_ms(self.sides[number], sound))
        return waits


async def _wait_ms(side: Side, sound: Sound) -> float | None:
    ended = await side.take(sound)
    wait_s = side.times.first_word_at - ended
    return wait_s * 1000 if side.times.complete_at and wait_s > 0 else None
