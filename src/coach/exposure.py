"""From where `coach start` may be reached, and who reads its metrics."""

import hmac
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import SecretStr

from coach.errors import CoachError
from coach.settings import Settings

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # noqa: S104 (a container's port is published by its platform)
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


def listening_host(settings: Settings) -> str:
    """The address to listen on: this machine alone unless facilitators have to sign in.

    Raises CoachError when COACH_PUBLIC_URL promises more than that, or would carry keys in clear.
    """
    url = urlsplit(settings.coach_public_url or "")
    public = bool(url.netloc) and not _is_this_machine(url.hostname or "")
    if public and not settings.has_sign_in():
        raise CoachError(
            f"{settings.coach_public_url} is public, but nobody has to sign in to open sessions",
            "set COACH_ACCESS_KEY, or SUPABASE_URL or OIDC_ISSUER with COACH_FACILITATORS",
        )
    if public and url.scheme != "https":
        raise CoachError(
            f"{settings.coach_public_url} would carry keys and cookies in clear text",
            "serve it over https, and set COACH_PUBLIC_URL to the https:// address",
        )
    return EVERYWHERE if settings.has_sign_in() else LOOPBACK


def may_read_metrics(token: SecretStr | None, headers: Mapping[str, str], *, local: bool) -> bool:
    """Whether a request with these headers brings the token; where none is set, whether it is
    `local` and no proxy passed it on.
    """
    if token is None:
        return local and not any(name in headers for name in FORWARDED)
    given = headers.get("Authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token.get_secret_value()}".encode())


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
