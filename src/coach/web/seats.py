"""Signed proofs of who may do what: an invitation to take a seat, and the seat itself.

Both are JWTs signed with keys derived from the LiveKit API secret, one key a purpose, so that
neither passes for the other nor for a LiveKit token.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass
from typing import Literal

import jwt
from aiohttp import web

from coach.web.replies import ApiError

Purpose = Literal["invitation", "seat"]
SEAT_SECONDS = 12 * 3600
_ALGORITHM = "HS256"


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's place in one session. `session_id` is empty on an invitation."""

    room: str
    identity: str
    session_id: str = ""


class SeatSigner:
    """Issues and checks invitations and seats."""

    def __init__(self, api_secret: str) -> None:
        self._secret = api_secret.encode()

    def issue(self, purpose: Purpose, seat: Seat, seconds: int = SEAT_SECONDS) -> str:
        """A proof that holds for this many seconds."""
        claims = {
            "aud": f"coach-{purpose}",
            "exp": int(time.time()) + seconds,
            "room": seat.room,
            "sub": seat.identity,
            "sid": seat.session_id,
        }
        return jwt.encode(claims, self._key(purpose), algorithm=_ALGORITHM)

    def check(self, purpose: Purpose, proof: str) -> Seat:
        """The seat that this proof gives. Raises ApiError 401."""
        try:
            claims = jwt.decode(
                proof,
                self._key(purpose),
                algorithms=[_ALGORITHM],
                audience=f"coach-{purpose}",
                options={"require": ["exp", "aud", "sub"]},
            )
        except jwt.ExpiredSignatureError:
            raise ApiError(401, f"{purpose}_expired", "This link is no longer valid.") from None
        except jwt.InvalidTokenError:
            raise ApiError(401, f"{purpose}_invalid", "This link is not valid.") from None
        return Seat(claims["room"], claims["sub"], claims["sid"])

    def from_request(self, purpose: Purpose, request: web.Request) -> Seat:
        """The seat that the request's bearer proof gives. Raises ApiError 401."""
        scheme, _, proof = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not proof:
            raise ApiError(401, f"{purpose}_missing", "This needs an invitation link.")
        return self.check(purpose, proof.strip())

    def _key(self, purpose: Purpose) -> bytes:
        return hmac.new(self._secret, f"coach {purpose} v1".encode(), hashlib.sha256).digest()
