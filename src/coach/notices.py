"""Notices from the server to the people in a session; no participant can send one."""

import json
import secrets
import time
from collections.abc import Collection

from livekit import api
from livekit.protocol.models import DataPacket

from coach.errors import CoachError
from coach.protocol import TOPIC_NOTICE

MAX_CHARACTERS = 200


def as_notice(text: str) -> str:
    """The text as people read it, in one line. Raises CoachError when it is empty or too long."""
    words = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    if not 0 < len(words) <= MAX_CHARACTERS:
        raise CoachError(
            f"a notice has 1 to {MAX_CHARACTERS} characters; this one has {len(words)}",
            "say it in one or two short sentences",
        )
    return words


async def people_in(livekit: api.LiveKitAPI, room: str) -> set[str]:
    """The identities of who is in the room now. Raises TwirpError and aiohttp.ClientError."""
    try:
        found = await livekit.room.list_participants(api.ListParticipantsRequest(room=room))
    except api.TwirpError as error:
        if error.code == api.TwirpErrorCode.NOT_FOUND:
            return set()
        raise
    return {person.identity for person in found.participants}


async def send_notice(
    livekit: api.LiveKitAPI, room: str, text: str, identities: Collection[str]
) -> None:
    """Show `text` to these people, at least one; who is not there misses it.

    Raises TwirpError and aiohttp.ClientError.
    """
    body = {"text": text, "at": time.time_ns() // 1_000_000}
    request = api.SendDataRequest(
        room=room,
        data=json.dumps(body, ensure_ascii=False).encode(),
        kind=DataPacket.Kind.RELIABLE,
        destination_identities=list(identities),
        topic=TOPIC_NOTICE,
        nonce=secrets.token_bytes(16),
    )
    await livekit.room.send_data(request)
