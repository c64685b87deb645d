"""An OpenID provider's side: keys that it publishes on loopback, and tokens signed with them."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import get_default_algorithms

AUDIENCE = "authenticated"
PRIVATE_KEYS = {
    "RS256": lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate,
}


@dataclass(slots=True)
class KeySet:
    """The provider: `published` is what it shows now, `fetches` how often that was read."""

    issuer: str = ""
    private: dict[str, tuple[str, Any]] = field(default_factory=dict)
    published: set[str] = field(default_factory=set)
    fetches: int = 0
    broken: bool = False

    def add(self, kid: str, algorithm: str = "ES256") -> None:
        """Make a key and publish it."""
        self.private[kid] = (algorithm, PRIVATE_KEYS[algorithm]())
        self.published.add(kid)

    def public(self, kid: str) -> dict[str, Any]:
        """This key as a JWK."""
        algorithm, key = self.private[kid]
        jwk = get_default_algorithms()[algorithm].to_jwk(key.public_key(), as_dict=True)
        return {**jwk, "kid": kid, "use": "sig", "alg": algorithm}

    def token(self, kid: str, **changes: Any) -> str:
        """A good token but for these claims; a claim of None is left out."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": "user-1",
            "email": "anna@example.org",
            "iat": now,
            "exp": now + 300,
            **changes,
        }
        given = {name: value for name, value in claims.items() if value is not None}
        algorithm, key = self.private[kid]
        return jwt.encode(given, key, algorithm=algorithm, headers={"kid": kid})

    async def serve(self, _request: web.Request) -> web.Response:
        self.fetches += 1
        if self.broken:
            return web.Response(status=500, text="<html>sorry</html>")
        return web.json_response({"keys": [self.public(kid) for kid in sorted(self.published)]})


@asynccontextmanager
async def key_set() -> AsyncIterator[KeySet]:
    """A provider that publishes one key, called `first`."""
    provider = KeySet()
    provider.add("first")
    app = web.Application()
    app.router.add_get("/.well-known/jwks.json", provider.serve)
    async with TestServer(app) as server:
        provider.issuer = str(server.make_url("")).rstrip("/")
        yield provider
