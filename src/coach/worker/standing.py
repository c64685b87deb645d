"""What the coach is doing and why it is quiet, put together from everyone who knows a part."""

from collections.abc import Callable
from dataclasses import dataclass, field

from coach.worker.gate import Decision, Facts, decide


@dataclass
class Standing:
    """The facts behind the status; `changed` is called when one of them is different. `draining`
    tells whether the worker is about to end.
    """

    changed: Callable[[], None]
    draining: Callable[[], bool]
    facts: Facts = field(default_factory=Facts)
    decision: Decision = field(default_factory=lambda: decide(Facts()))
    last_heard_at: int | None = None
    _engine: tuple[str, str] = ("listening", "")
    _trouble: dict[str, str] = field(default_factory=dict)

    def decided(self, facts: Facts, decision: Decision) -> None:
        """The gate's decision, and what it rests on."""
        self.facts, self.decision = facts, decision
        self.changed()

    def engine_reports(self, state: str, reason: str) -> None:
        """The hint engine's own state."""
        self._engine = (state, reason)
        self.changed()

    def trouble(self, part: str, reason: str) -> None:
        """A part's failure by its status reason; "" once it works again."""
        if self._trouble.get(part, "") != reason:
            self._trouble[part] = reason
            self.changed()

    def says(self) -> tuple[str, str]:
        """State and reason of the status contract: the gate first, then what is broken, then
        what the engine does; that the worker is about to end where nothing else is to be said.
        """
        if not self.decision.hear or self.decision.reason:
            return self.decision.state, self.decision.reason or self._ending()
        if broken := self._trouble.get("stt") or self._trouble.get("llm"):
            return "degraded", broken
        state, reason = self._engine
        return state, self._ending() or reason or self._trouble.get("store", "")

    def _ending(self) -> str:
        return "draining" if self.draining() else ""
