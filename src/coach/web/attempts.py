"""Whether a dispatched coach may still come. Times in seconds; `now` is of a monotonic clock."""

import math
import time
from dataclasses import dataclass, field

from livekit.protocol.agent import JobStatus
from livekit.protocol.agent_dispatch import AgentDispatch
from livekit.protocol.models import ParticipantInfo

JOIN_GRACE_SECONDS = (6.0, 8.0, 15.0, 30.0)
"""How long a dispatched coach may take, longer for each one in a row that did not stay."""
TAKE_SECONDS = 4.0
"""LiveKit waits three seconds for a worker to take a job, and then drops it."""
STAYED_SECONDS = 8.0
CALM_SECONDS = 90.0
TWICE_SECONDS = (2.0, 15.0)
"""A coach that is missed again within these is lost; sooner it is the same miss, later another."""
_LIVE = (JobStatus.JS_PENDING, JobStatus.JS_RUNNING)


@dataclass(slots=True)
class Attempts:
    """A room's dispatches in a row, without a sign of calm between them."""

    _count: int = 0
    _last: float = 0.0
    _missed: float = -math.inf
    _seen: dict[str, float] = field(default_factory=dict)

    def add(self, dispatch: AgentDispatch, now: float) -> None:
        """One more was made."""
        self._count = 1 if now - self._last > CALM_SECONDS else self._count + 1
        self._last, self._missed = now, -math.inf
        self._seen = {dispatch.id: now}

    @property
    def missed(self) -> float:
        """When the coach was missed last."""
        return self._missed

    def missed_elsewhere(self, then: float) -> None:
        """Another web app was told that the coach is missed."""
        self._missed = max(self._missed, then)

    def is_lost(self, now: float, worker_since: float) -> bool:
        """Whether a coach that is listed, and missed now, is to be replaced: at once when a worker
        has ended since it was dispatched, else when it was missed before.
        """
        if self._last < worker_since:
            return True
        soonest, latest = TWICE_SECONDS
        since = now - self._missed
        if soonest <= since <= latest:
            return True
        self._missed = self._missed if since < soonest else now
        return False

    def is_coming(self, dispatch: AgentDispatch, coach: ParticipantInfo | None, now: float) -> bool:
        """Whether a worker may still join, or begin to speak, with this dispatch's job.

        `coach` is the one that is listed, maybe of a worker that was killed: it stays listed, and
        its job as running, for some twenty seconds. A coach that came and stayed for a while is
        missed for another reason than slowness, so nothing is to be waited for.
        """
        jobs = dispatch.state.jobs
        if jobs and not any(job.state.status in _LIVE for job in jobs):
            return False
        age = self._age(dispatch, now)
        took = _took(dispatch, coach)
        if took is not None and age - took > STAYED_SECONDS:
            self._count = 0
            return False
        return age < (self._grace() if jobs or took is not None else TAKE_SECONDS)

    def _age(self, dispatch: AgentDispatch, now: float) -> float:
        """By the clock of the wall, which may jump or differ from the server's, or by the time for
        which this process has known it.
        """
        wall = time.time() - dispatch.state.created_at / 1e9
        return max(wall, now - self._seen.setdefault(dispatch.id, now))

    def _grace(self) -> float:
        return JOIN_GRACE_SECONDS[min(max(self._count, 1), len(JOIN_GRACE_SECONDS)) - 1]


def _took(dispatch: AgentDispatch, coach: ParticipantInfo | None) -> float | None:
    """How long the coach took to join after this dispatch; None if it hasn't, or came before."""
    if coach is None:
        return None
    took = coach.joined_at_ms / 1e3 - dispatch.state.created_at / 1e9
    return took if took > 0 else None
