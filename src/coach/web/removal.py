"""Taking people out of a room."""

import time

from livekit import api

from coach.absence import tolerate_absence


async def remove_person(livekit: api.LiveKitAPI, room: str, identity: str) -> None:
    """End a person's stay; nobody there is no error. LiveKit Cloud also ends every token issued to
    this identity before now; a server of one's own accepts one until it expires, within minutes.
    """
    request = api.RoomParticipantIdentity(
        room=room, identity=identity, revoke_token_ts=int(time.time())
    )
    await tolerate_absence(livekit.room.remove_participant(request))


async def close_room(livekit: api.LiveKitAPI, room: str) -> None:
    """End everyone's stay; a room that is gone is no error."""
    await tolerate_absence(livekit.room.delete_room(api.DeleteRoomRequest(room=room)))
