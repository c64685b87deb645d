"""New sessions, and the links that open their seats."""

import secrets
from dataclasses import dataclass
from typing import Literal

from coach.store import Store
from coach.store.clock import now_ms

Role = Literal["partner", "facilitator"]
ROLES: tuple[Role, ...] = ("partner", "facilitator")
MAX_HOURS = 24 * 14
OPERATOR = "operator"
_CREATED = "created"


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session and its links, one a role; a link is shown once and never kept."""

    session_id: str
    links: dict[Role, str]


async def create_session(
    store: Store, base: str, *, owner: str, hours: int, name: str = ""
) -> NewSession:
    """Begin a session in a room that nobody can guess, with a seat for each of the two people.
    `base` is the address at which they reach this app.
    """
    room = f"session-{secrets.token_urlsafe(16)}"
    expires_at = now_ms() + hours * 3_600_000
    session_id = await store.sessions.begin(room, name=name, expires_at=expires_at)
    await store.audit.note(session_id, owner, _CREATED)
    links = {role: await new_link(store, base, session_id, role, expires_at) for role in ROLES}
    return NewSession(session_id, links)


async def new_link(store: Store, base: str, session_id: str, role: Role, expires_at: int) -> str:
    """A link to a new seat. Its secret stands behind the #, which no browser sends to a server."""
    invitation = await store.seats.invite(session_id, role, expires_at)
    return f"{base}/session/{role}#invite={invitation.secret}"


async def owner_of(store: Store, session_id: str) -> str:
    """Who made this session; empty when it was not made by a person."""
    entries = await store.audit.of(session_id)
    return next((entry.actor for entry in entries if entry.action == _CREATED), "")
