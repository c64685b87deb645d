"""Whose certificates the services are believed by, and that sessions share what they trust."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.certificates import own_certificate
from tests.support.provider import ScriptedProvider, scripted_provider
from tests.support.relay import relay
from tests.support.roomless import Writing, settings_for

from coach.settings import Settings
from coach.worker.providers import trust

pytestmark = pytest.mark.integration


@pytest.fixture(autouse=True)
def trusted_anew() -> Iterator[None]:
    """What a test trusts is read in it, and by no later one."""
    trust.cache_clear()
    yield
    trust.cache_clear()


def at(port: int, provider: ScriptedProvider) -> Settings:
    """The provider, by https and this port."""
    settings = settings_for(provider, scheme="https")
    moved = f"https://127.0.0.1:{port}/{provider.base_url.rpartition('/')[2]}"
    return settings.model_copy(update={"openai_base_url": moved})


async def drafts(certified: Path) -> tuple[str, str]:
    """Why the drafts of two sessions failed, with one provider behind a certificate whose file is
    gone when the second begins.
    """
    async with scripted_provider() as provider:
        context = own_certificate(certified)
        port = int(provider.base_url.split(":")[2].split("/")[0])
        async with relay(port, behind=context) as way:
            first = Writing(at(way.port, provider))
            (certified / "certificate.pem").unlink()
            second = Writing(at(way.port, provider))
            try:
                told, told_later = await asyncio.gather(first.draft(), second.draft())
                return told, told_later
            finally:
                await first.aclose()
                await second.aclose()


async def test_sessions_share_the_authorities_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    assert await drafts(tmp_path) == ("", "")


async def test_a_certificate_of_unknown_origin_is_refused(tmp_path: Path) -> None:
    assert await drafts(tmp_path) == ("llm_insecure", "llm_insecure")
