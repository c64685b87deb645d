"""The speech and language services of the settings, and what their failures ask for."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Literal
from urllib.parse import urlsplit

from livekit.agents import APIError

from coach.doctor.case import Case
from coach.doctor.finding import Finding, failed
from coach.running import with_provider
from coach.settings import Settings
from coach.worker.trouble import reason_for

OPENAI = "https://api.openai.com/v1"


class Service:
    """One of the two, by the names that its settings have."""

    def __init__(self, part: Literal["stt", "llm"], settings: Settings) -> None:
        self.part = part
        self.kind = "speech service" if part == "stt" else "language model"
        self.model: str = getattr(settings, f"{part}_model")
        self.model_key = f"{part}_model".upper()
        self.key_key = self._own(settings, "api_key")
        self.url_key = self._own(settings, "base_url")
        self.url: str = getattr(settings, self.url_key.lower()) or OPENAI
        self.host = urlsplit(self.url).netloc

    def _own(self, settings: Settings, setting: str) -> str:
        """The setting that counts: the part's own, or the one for both."""
        own = f"{self.part}_{setting}"
        return (own if getattr(settings, own) is not None else f"openai_{setting}").upper()


@asynccontextmanager
async def services(case: Case) -> AsyncIterator[tuple[Settings, bool]]:
    """Settings with both services, and whether they are the rehearsal's, which then runs."""
    async with AsyncExitStack() as stack:
        yield await with_provider(case.settings, stack, lambda _line: None)


def refusal(service: Service, failure: APIError | TimeoutError) -> Finding:
    """What a failed call means, and what mends it."""
    who = f"the {service.kind} at {service.host}"
    match reason_for(failure, service.part).removeprefix(f"{service.part}_"):
        case "key_refused":
            return failed(
                f"{who} refuses the key", f"set {service.key_key} to a valid key of {service.host}"
            )
        case "model_not_found":
            return failed(
                f"{who} has no model {service.model}",
                f"set {service.model_key} to one that it has, or correct {service.url_key}",
            )
        case "rate_limited":
            return failed(
                f"{who} limits the rate", f"check limits and balance of the {service.key_key}"
            )
        case "slow":
            return failed(f"{who} gives no answer in time", f"try: curl -v {service.url}/models")
        case _:
            return failed(
                f"{who} can't be reached or fails",
                f"correct {service.url_key}; try: curl -v {service.url}/models",
            )
