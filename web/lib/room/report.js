/** @import { Participant, Room } from "livekit-client" */
/** @import { Packet } from "./inbox.js" */
import { ParticipantKind } from "livekit-client";
import { mediaPath } from "./path.js";

/** What an operator needs to know of a page: states and counts, never a word of the session. @param {Room} room @param {Packet[]} packets */
export async function roomReport(room, packets) {
  return {
    room: room.name,
    state: room.state,
    server: room.serverInfo?.version ?? "",
    region: room.serverInfo?.region ?? "",
    me: describe(room.localParticipant),
    others: [...room.remoteParticipants.values()].map(describe),
    path: await mediaPath(room),
    playsSound: room.canPlaybackAudio,
    packets: packets.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
  };
}

/** @param {Participant} one */
function describe(one) {
  return {
    identity: one.identity,
    kind: ParticipantKind[one.kind],
    quality: one.connectionQuality,
    attributes: one.attributes,
    tracks: [...one.trackPublications.values()].map((track) => ({
      source: track.source,
      muted: track.isMuted,
      subscribed: track.isSubscribed,
      size: track.dimensions && `${track.dimensions.width}×${track.dimensions.height}`,
      stream: track.track?.streamState,
    })),
  };
}
