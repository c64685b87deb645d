"""Who may be facilitator: the holder of the access key, or who the OpenID provider knows."""

import hashlib
import hmac
import logging
import secrets
import time
from dataclasses import dataclass
from typing import Annotated

import jwt
from pydantic import BaseModel, Field

from coach.settings import Settings
from coach.store.sign_outs import SignOuts
from coach.web.openid import OpenIdProvider, OpenIdSource
from coach.web.replies import ApiError

log = logging.getLogger("coach.web")

SIGNED_IN_SECONDS = 12 * 3600
PRACTICE = "practice"
_ALGORITHM, _AUDIENCE = "HS256", "coach-facilitator"


class Proof(BaseModel):
    """One of the two."""

    access_key: Annotated[str, Field(max_length=1024)] | None = None
    token: Annotated[str, Field(max_length=8192)] | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A facilitator's sign-in. `until` is seconds since the epoch."""

    name: str
    proof_id: str
    until: int


@dataclass(slots=True)
class SignIn:
    """Who is signed in, as the settings allow. A changed access key ends everyone's stay."""

    settings: Settings
    api_secret: str
    sign_outs: SignOuts
    provider: OpenIdProvider | None = None

    @classmethod
    def of(cls, settings: Settings, api_secret: str, sign_outs: SignOuts) -> "SignIn":
        """As the settings name it."""
        source = OpenIdSource.of(settings)
        return cls(settings, api_secret, sign_outs, OpenIdProvider(source) if source else None)

    async def prove(self, proof: Proof) -> str:
        """The name of the facilitator. Raises ApiError when the proof isn't one."""
        if proof.token is not None and self.provider is not None:
            return await self.provider.facilitator(proof.token)
        if not hmac.compare_digest(_digest(proof.access_key or ""), _digest(self._access_key())):
            log.warning("Access key refused")
            raise ApiError(401, "access_key_invalid", "This is not the access key.")
        return PRACTICE

    def issue(self, name: str) -> str:
        """What the browser keeps as proof of being signed in."""
        claims = {
            "aud": _AUDIENCE,
            "sub": name,
            "exp": int(time.time()) + SIGNED_IN_SECONDS,
            "jti": secrets.token_urlsafe(12),
        }
        return jwt.encode(claims, self._key(), algorithm=_ALGORITHM)

    async def check(self, kept: str) -> str | None:
        """The name of who is signed in with this; None when it no longer holds."""
        stay = self._read(kept)
        return stay.name if stay and await self.sign_outs.holds(stay.proof_id) else None

    async def end(self, kept: str) -> None:
        """From now on this proof doesn't hold, whoever has a copy."""
        if stay := self._read(kept):
            await self.sign_outs.add(stay.proof_id, stay.until * 1000)

    def _read(self, kept: str) -> Stay | None:
        """What we once signed, unless it is out of date or its owner may no longer sign in."""
        try:
            claims = jwt.decode(
                kept,
                self._key(),
                algorithms=[_ALGORITHM],
                audience=_AUDIENCE,
                options={"require": ["exp", "sub", "jti"]},
            )
        except jwt.InvalidTokenError:
            return None
        stay = Stay(str(claims["sub"]), str(claims["jti"]), int(claims["exp"]))
        return stay if self._may(stay.name) else None

    def _may(self, name: str) -> bool:
        if name == PRACTICE:
            return self.settings.coach_access_key is not None
        return self.provider is not None and self.provider.lists(name)

    def _access_key(self) -> str:
        """An unset key is one that nobody can guess."""
        key = self.settings.coach_access_key
        return key.get_secret_value() if key else secrets.token_urlsafe(32)

    def _key(self) -> bytes:
        key = self.settings.coach_access_key
        purpose = f"coach facilitator v1 {key.get_secret_value() if key else ''}"
        return hmac.new(self.api_secret.encode(), purpose.encode(), hashlib.sha256).digest()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
