"""A seat as a signed proof for this app's own API.

The proof is a JWT whose key is derived from the LiveKit API secret, so that neither passes for the
other.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass

import jwt

from coach.web.replies import ApiError

SEAT_SECONDS = 12 * 3600
_ALGORITHM, _AUDIENCE = "HS256", "coach-seat"


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's place in one session. `seat_id` is empty under open access."""

    room: str
    identity: str
    session_id: str = ""
    seat_id: str = ""


class SeatSigner:
    """Issues and checks proofs of seats."""

    def __init__(self, api_secret: str) -> None:
        self._key = hmac.new(api_secret.encode(), b"coach seat v1", hashlib.sha256).digest()

    def issue(self, seat: Seat, seconds: int = SEAT_SECONDS) -> str:
        """A proof that holds for this many seconds."""
        claims = {
            "aud": _AUDIENCE,
            "exp": int(time.time()) + seconds,
            "room": seat.room,
            "sub": seat.identity,
            "sid": seat.session_id,
            "seat": seat.seat_id,
        }
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def check(self, proof: str) -> Seat:
        """The seat that this proof names. Raises ApiError 401."""
        try:
            claims = jwt.decode(
                proof,
                self._key,
                algorithms=[_ALGORITHM],
                audience=_AUDIENCE,
                options={"require": ["exp", "aud", "sub", "room", "sid", "seat"]},
            )
        except jwt.ExpiredSignatureError:
            raise ApiError(401, "seat_expired", "Your place here has ended. Join again.") from None
        except jwt.InvalidTokenError:
            raise ApiError(401, "seat_invalid", "This needs a place in the session.") from None
        return Seat(claims["room"], claims["sub"], claims["sid"], claims["seat"])
