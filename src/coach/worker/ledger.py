"""The session's figures: told to the facilitator, and kept for the list of sessions."""

import asyncio
from dataclasses import asdict, replace

from livekit import rtc

from coach.hints.figures import Figures, Line
from coach.worker.limits import Budget
from coach.worker.memory import Memory
from coach.worker.observer import Observer

KEEP_SECONDS = 10.0
_LINES: dict[rtc.ConnectionQuality, Line] = {
    rtc.ConnectionQuality.QUALITY_EXCELLENT: "good",
    rtc.ConnectionQuality.QUALITY_GOOD: "good",
    rtc.ConnectionQuality.QUALITY_POOR: "weak",
    rtc.ConnectionQuality.QUALITY_LOST: "lost",
}


class Ledger:
    """A partner who declines or withdraws leaves no figures."""

    def __init__(self, observer: Observer, budget: Budget, memory: Memory, partner: str) -> None:
        self._observer = observer
        self._budget = budget
        self._memory = memory
        self._partner = partner
        self._refused = False
        self._outdated = False

    def consent_is(self, consent: str) -> None:
        """What the partner has answered; "" while that isn't known. A refusal begins anew."""
        if not consent:
            return
        before, self._refused = self._refused, consent != "granted"
        if self._refused and not before:
            self._observer.forget()
            self._outdated = True

    def quality_changed(
        self, person: rtc.Participant | None, quality: rtc.ConnectionQuality
    ) -> None:
        """The server measured somebody's connection; of who is just leaving it names nobody."""
        if person and person.identity == self._partner:
            self._observer.line_is(_LINES.get(quality))

    def left(self, person: rtc.Participant) -> None:
        """Somebody is gone."""
        if person.identity == self._partner:
            self._observer.line_is(None)

    async def read(self) -> Figures | None:
        """The figures so far; None when the store fails."""
        verdicts = await self._memory.verdicts()
        return None if verdicts is None else self._observer.figures(verdicts)

    async def keep(self) -> None:
        """Bring what is kept up to date."""
        if self._outdated:
            self._outdated = False
            await self._memory.forget_figures()
        figures = None if self._refused else await self.read()
        if figures and figures.listened_s:
            sums = replace(self._observer.sums(), cost=self._budget.cost)
            await self._memory.keep_figures(asdict(figures), asdict(sums))

    async def run(self) -> None:
        """Keep them, and what the store did not take before, from time to time until cancelled."""
        while True:
            await asyncio.sleep(KEEP_SECONDS)
            await self._memory.keep_late()
            await self.keep()
