"""The speech and language services, from settings."""

import functools
import ssl
from collections.abc import Iterable

import httpx2
import openai
from livekit.plugins import openai as openai_plugin
from pydantic import SecretStr

from coach.errors import CoachError
from coach.settings import Settings
from coach.worker.service import Service
from coach.worker.trouble import Wish
from coach.worker.whisper import Whisper

CONNECT_RETRIES = 0
KEPT_OPEN_SECONDS = 55.0
"""Hints are far apart: a connection closed in between would cost each its handshake. Proxies close
idle ones after a minute, often.
"""
TEMPERATURE = 0.4


class HintWriter(openai_plugin.LLM):
    """The plugin's model, which asks nothing of the service before there is something to ask."""

    async def _prewarm_impl(self) -> None:
        """The plugin would list the models whenever a session begins."""

    async def aclose(self) -> None:
        """Close the connections too: the plugin leaves a client that it was given open."""
        await super().aclose()
        await self._client.close()


@functools.cache
def trust() -> ssl.SSLContext:
    """Whom the services' connections trust, for all sessions: to read the authorities'
    certificates anew holds up a session's loop for 40 ms, and takes a megabyte each time.
    """
    context = httpx2.create_ssl_context()
    context.set_alpn_protocols(["http/1.1"])
    # each connection sets it again, while a session in another thread may be reading it
    context.set_alpn_protocols = _leave  # type: ignore[method-assign]
    return context


def _leave(alpn_protocols: Iterable[str]) -> None:
    pass


def recogniser(settings: Settings, wish: Wish | None = None) -> Whisper:
    """Speech recognition; `wish` learns of its Retry-After. Raises CoachError without a key."""
    client = _client(
        settings.stt_api_key or settings.openai_api_key,
        settings.stt_base_url or settings.openai_base_url,
        "STT_API_KEY",
        wish or Wish(),
    )
    return Whisper(client, settings.stt_model, settings.speech_language)


def language_model(settings: Settings, wish: Wish | None = None) -> HintWriter:
    """The hint writer; `wish` learns of its Retry-After. Raises CoachError without a key."""
    client = _client(
        settings.llm_api_key or settings.openai_api_key,
        settings.llm_base_url or settings.openai_base_url,
        "LLM_API_KEY",
        wish or Wish(),
    )
    return HintWriter(client=client, model=settings.llm_model, temperature=TEMPERATURE)


def speech_services(settings: Settings) -> list[Service[Whisper]]:
    """Whom to ask what was said, in this order. Raises CoachError without a key."""
    wish = Wish()
    services = [Service(recogniser(settings, wish), "stt", "first", wish)]
    if settings.fallback_stt_api_key:
        wish = Wish()
        client = _client(
            settings.fallback_stt_api_key,
            settings.fallback_stt_base_url,
            "FALLBACK_STT_API_KEY",
            wish,
        )
        model = settings.fallback_stt_model or settings.stt_model
        second = Whisper(client, model, settings.speech_language)
        services.append(Service(second, "stt", "fallback", wish))
    return services


def language_services(settings: Settings) -> list[Service[HintWriter]]:
    """Whom to ask for a hint, in this order. Raises CoachError without a key."""
    wish = Wish()
    services = [Service(language_model(settings, wish), "llm", "first", wish)]
    if settings.fallback_llm_api_key:
        wish = Wish()
        client = _client(
            settings.fallback_llm_api_key,
            settings.fallback_llm_base_url,
            "FALLBACK_LLM_API_KEY",
            wish,
        )
        model = settings.fallback_llm_model or settings.llm_model
        second = HintWriter(client=client, model=model, temperature=TEMPERATURE)
        services.append(Service(second, "llm", "fallback", wish))
    return services


def _client(
    key: SecretStr | None, base_url: str | None, name: str, wish: Wish
) -> openai.AsyncClient:
    if key is None:
        raise CoachError("OPENAI_API_KEY is not set", f"set OPENAI_API_KEY or {name}")
    return openai.AsyncClient(
        api_key=key.get_secret_value(),
        base_url=base_url,
        max_retries=CONNECT_RETRIES,
        http_client=openai.DefaultAsyncHttpxClient(
            verify=trust(),
            event_hooks={"response": [wish.read]},
            limits=httpx2.Limits(keepalive_expiry=KEPT_OPEN_SECONDS),
        ),
    )
