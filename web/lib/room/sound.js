/** @import { RemoteTrack, Room } from "livekit-client" */
import { ParticipantKind, Track } from "livekit-client";

/** Plays what the people in the room say: one audio element for each of their tracks. @param {HTMLElement} place */
export function createSound(place) {
  /** @type {Map<RemoteTrack, HTMLMediaElement>} */
  const playing = new Map();

  /** @param {RemoteTrack} track */
  function drop(track) {
    const element = playing.get(track);
    if (element) track.detach(element);
    element?.remove();
    playing.delete(track);
  }

  /** @param {Room} room */
  function sync(room) {
    const wanted = audioTracks(room);
    [...playing.keys()].filter((track) => !wanted.has(track)).forEach(drop);
    for (const track of wanted) {
      if (playing.has(track)) continue;
      const element = track.attach();
      playing.set(track, element);
      place.append(element);
    }
  }

  function clear() {
    [...playing.keys()].forEach(drop);
  }

  return { sync, clear };
}

/** @param {Room} room */
function audioTracks(room) {
  /** @type {Set<RemoteTrack>} */
  const tracks = new Set();
  for (const one of room.remoteParticipants.values()) {
    if (one.kind === ParticipantKind.AGENT) continue;
    for (const publication of one.trackPublications.values()) {
      if (publication.track?.kind === Track.Kind.Audio)
        tracks.add(/** @type {RemoteTrack} */ (publication.track));
    }
  }
  return tracks;
}
