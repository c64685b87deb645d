/** @import { Participant, Room, TrackPublication } from "livekit-client" */
/** @import { Agent, Person, Quality, Snapshot } from "../types.d.ts" */
import { ParticipantKind, Track } from "livekit-client";

/**
 * All that the page shows of the room, as plain data: made anew after every change, so that a
 * missed or doubled event never leaves a wrong picture.
 *
 * @param {Room} room
 * @param {string} expected the other person's identity
 * @returns {Snapshot}
 */
export function snapshot(room, expected) {
  const others = [...room.remoteParticipants.values()];
  const people = others.filter((one) => one.kind !== ParticipantKind.AGENT);
  const other = people.find((one) => one.identity === expected) ?? people[0];
  return {
    me: person(room.localParticipant),
    other: other ? person(other) : null,
    agent: agentOf(others),
    canPlay: room.canPlaybackAudio,
  };
}

/** @param {Participant} one @returns {Person} */
function person(one) {
  const camera = one.getTrackPublication(Track.Source.Camera);
  return {
    identity: one.identity,
    name: one.name ?? "",
    speaking: one.isSpeaking,
    quality: /** @type {Quality} */ (one.connectionQuality),
    micOn: one.isMicrophoneEnabled,
    camera: live(camera),
    cameraPaused: camera?.track?.streamState === Track.StreamState.Paused,
    screen: live(one.getTrackPublication(Track.Source.ScreenShare)),
    consent: one.attributes["coach.consent"] ?? "",
  };
}

/** @param {TrackPublication | undefined} publication */
function live(publication) {
  return publication?.track && !publication.isMuted ? publication.trackSid : null;
}

/** A coach that died is listed for a while beside its successor: the newest counts. @param {Participant[]} others @returns {Agent | null} */
function agentOf(others) {
  const agents = others.filter((one) => one.kind === ParticipantKind.AGENT);
  const newest = agents.sort((a, b) => Number(a.joinedAt ?? 0) - Number(b.joinedAt ?? 0)).at(-1);
  return newest ? { identity: newest.identity, state: newest.attributes["coach.state"] ?? "" } : null;
}
