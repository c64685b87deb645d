"""Tokens of an OpenID provider, Supabase or another, checked against its published keys."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

import jwt

from coach.settings import Settings
from coach.web.replies import ApiError

log = logging.getLogger("coach.web")

ALGORITHMS = ("RS256", "ES256", "EdDSA")
REQUIRED = ("exp", "iat", "aud", "iss", "sub")
LEEWAY_SECONDS = 10
KEYS_SECONDS = 600.0
COOL_DOWN_SECONDS = 30.0
FETCH_SECONDS = 5.0
MAX_TOKEN_CHARACTERS = 8192


@dataclass(frozen=True, slots=True)
class OpenIdSource:
    """Whose tokens count, and who of them may sign in."""

    issuer: str
    audience: str
    jwks_url: str
    facilitators: frozenset[str]

    @classmethod
    def of(cls, settings: Settings) -> "OpenIdSource | None":
        """What the settings name; None when facilitators don't sign in this way."""
        issuer = settings.oidc_issuer
        if issuer is None and settings.supabase_url is not None:
            issuer = f"{settings.supabase_url}/auth/v1"
        if issuer is None:
            return None
        jwks_url = settings.oidc_jwks_url or f"{issuer}/.well-known/jwks.json"
        return cls(issuer, settings.oidc_audience, jwks_url, settings.facilitators())


class OpenIdProvider:
    """Checks tokens. Its keys are kept for minutes; an unknown key id fetches them again, at most
    once in `cool_down_seconds`, so that made-up ids can't be used to flood the provider.
    """

    def __init__(self, source: OpenIdSource, cool_down_seconds: float = COOL_DOWN_SECONDS) -> None:
        self._source = source
        self._keys = jwt.PyJWKClient(
            source.jwks_url,
            lifespan=KEYS_SECONDS,
            timeout=FETCH_SECONDS,
            cooldown_duration=cool_down_seconds,
        )

    async def facilitator(self, token: str) -> str:
        """The listed address or subject that this token proves.

        Raises ApiError 401 for a token that isn't right, 403 for someone not listed, 503 when the
        provider's keys can't be read.
        """
        claims = await self._claims(token)
        names = [claims["sub"], claims.get("email")]
        if claims.get("email_verified") is False:
            names.pop()
        for name in names:
            if isinstance(name, str) and self.lists(name):
                return name.lower()
        raise ApiError(403, "not_a_facilitator", "This account may not open sessions here.")

    def lists(self, name: str) -> bool:
        """Whether this address or subject may sign in."""
        return name.lower() in self._source.facilitators

    async def _claims(self, token: str) -> dict[str, Any]:
        try:
            key = await self._key(token)
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=self._source.audience,
                issuer=[self._source.issuer, f"{self._source.issuer}/"],
                leeway=LEEWAY_SECONDS,
                options={"require": list(REQUIRED)},
            )
        except jwt.PyJWKClientConnectionError as error:
            raise _unreachable(error) from None
        except (jwt.PyJWTError, ValueError) as error:
            log.warning("Sign-in token refused", extra={"error": type(error).__name__})
            raise ApiError(401, "token_invalid", "This sign-in is not valid.") from None
        return claims

    async def _key(self, token: str) -> jwt.PyJWK:
        if len(token) > MAX_TOKEN_CHARACTERS:
            raise jwt.InvalidTokenError
        header = jwt.get_unverified_header(token)
        kid = header.get("kid")
        if header.get("alg") not in ALGORITHMS or not isinstance(kid, str):
            raise jwt.InvalidAlgorithmError
        try:
            return await asyncio.to_thread(self._keys.get_signing_key, kid)
        except (jwt.PyJWKSetError, ValueError) as error:
            raise _unreachable(error) from None


def _unreachable(error: Exception) -> ApiError:
    log.error("Sign-in provider's keys can't be read", extra={"error": type(error).__name__})
    return ApiError(503, "provider_unavailable", "Signing in isn't possible now. Try again soon.")
