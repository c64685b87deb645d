"""The speech and language services, from settings."""

import openai
from livekit.plugins import openai as openai_plugin
from pydantic import SecretStr

from coach.errors import CoachError
from coach.settings import Settings
from coach.worker.whisper import Whisper

CONNECT_RETRIES = 0
TEMPERATURE = 0.4


def recogniser(settings: Settings) -> Whisper:
    """Speech recognition. Raises CoachError without a key."""
    client = _client(
        settings.stt_api_key or settings.openai_api_key,
        settings.stt_base_url or settings.openai_base_url,
        "STT_API_KEY",
    )
    return Whisper(client, settings.stt_model, settings.speech_language)


class HintWriter(openai_plugin.LLM):
    """The plugin's model, which asks nothing of the service before there is something to ask."""

    async def _prewarm_impl(self) -> None:
        """The plugin would list the models whenever a session begins."""

    async def aclose(self) -> None:
        """Close the connections too: the plugin leaves a client that it was given open."""
        await super().aclose()
        await self._client.close()


def language_model(settings: Settings) -> HintWriter:
    """The hint writer. Raises CoachError without a key."""
    client = _client(
        settings.llm_api_key or settings.openai_api_key,
        settings.llm_base_url or settings.openai_base_url,
        "LLM_API_KEY",
    )
    return HintWriter(client=client, model=settings.llm_model, temperature=TEMPERATURE)


def _client(key: SecretStr | None, base_url: str | None, name: str) -> openai.AsyncClient:
    if key is None:
        raise CoachError("OPENAI_API_KEY is not set", f"set OPENAI_API_KEY or {name}")
    return openai.AsyncClient(
        api_key=key.get_secret_value(), base_url=base_url, max_retries=CONNECT_RETRIES
    )
