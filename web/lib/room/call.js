/** @import { Store } from "../store.js" */
/** @import { Choices } from "../storage.js" */
import {
  ConnectionError,
  ConnectionErrorReason,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  RoomEvent,
  Track,
} from "livekit-client";
import { noteDevices } from "./devices.js";
import { JoinProblem } from "./problem.js";
import { snapshot } from "./snapshot.js";

/**
 * @typedef {object} Entry
 * @property {string} url
 * @property {string} token
 * @property {string} expected the other person's identity
 * @property {Choices} choices
 * @property {(room: Room) => void} prepare registers what must be there before the first packet
 * @property {(room: Room) => void} onChange
 * @property {(reason: number | undefined) => void} onGone
 */

const PEOPLE_EVENTS = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.ParticipantAttributesChanged,
  RoomEvent.ParticipantNameChanged,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackStreamStateChanged,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.ConnectionQualityChanged,
  RoomEvent.AudioPlaybackStatusChanged,
  RoomEvent.Reconnected,
  RoomEvent.Connected,
];

/**
 * Joins the room. Resolves once connected and published; the page then follows `call/people`.
 *
 * @param {Store} store
 * @param {Entry} entry
 */
export async function openCall(store, entry) {
  const room = new Room(roomOptions(entry.choices));
  follow(room, store, entry);
  entry.prepare(room);
  try {
    await room.connect(entry.url, entry.token);
  } catch (error) {
    room.removeAllListeners();
    throw asProblem(error);
  }
  return room;
}

/** @param {Choices} choices */
function roomOptions(choices) {
  const device = (/** @type {string} */ id) => (id ? { deviceId: { ideal: id } } : {});
  return {
    adaptiveStream: true,
    dynacast: true,
    audioCaptureDefaults: device(choices.microphone),
    videoCaptureDefaults: device(choices.camera),
    audioOutput: choices.speaker ? { deviceId: choices.speaker } : undefined,
  };
}

/** @param {Room} room @param {Store} store @param {Entry} entry */
function follow(room, store, entry) {
  const refresh = () => {
    store.dispatch({ type: "call/people", snapshot: snapshot(room, entry.expected) });
    entry.onChange(room);
  };
  for (const name of PEOPLE_EVENTS) room.on(/** @type {RoomEvent.Connected} */ (name), refresh);
  const away = () => store.dispatch({ type: "call/reconnecting" });
  room.on(RoomEvent.Reconnecting, away).on(RoomEvent.SignalReconnecting, away);
  room.on(RoomEvent.Reconnected, () => store.dispatch({ type: "call/reconnected" }));
  room.on(RoomEvent.Disconnected, entry.onGone);
  room.on(RoomEvent.LocalTrackUnpublished, (publication) => {
    if (publication.source === Track.Source.ScreenShare)
      store.dispatch({ type: "call/sharing", surface: "none" });
  });
  noteDevices(room, store);
}

/** Gives the preview's own tracks to the room: no second question, no gap. @param {Room} room @param {{ audio: MediaStreamTrack | null, video: MediaStreamTrack | null }} tracks */
export async function publish(room, tracks) {
  const { audio, video } = tracks;
  await Promise.all([
    audio &&
      room.localParticipant.publishTrack(new LocalAudioTrack(audio, undefined, false), {
        source: Track.Source.Microphone,
      }),
    video &&
      room.localParticipant.publishTrack(new LocalVideoTrack(video, undefined, false), {
        source: Track.Source.Camera,
      }),
  ]);
}

/** The track behind an id of the snapshot. @param {Room} room @param {string} sid */
export function trackOf(room, sid) {
  for (const one of [room.localParticipant, ...room.remoteParticipants.values()]) {
    const publication = [...one.trackPublications.values()].find((each) => each.trackSid === sid);
    if (publication?.track) return publication.track;
  }
  return null;
}

/** @param {unknown} error */
function asProblem(error) {
  if (!(error instanceof ConnectionError)) return new JoinProblem("media_path");
  if (error.reason === ConnectionErrorReason.NotAllowed) return new JoinProblem("call_refused");
  const unreachable = [
    ConnectionErrorReason.ServerUnreachable,
    ConnectionErrorReason.WebSocket,
    ConnectionErrorReason.Timeout,
  ];
  return new JoinProblem(unreachable.includes(error.reason) ? "livekit_unreachable" : "media_path");
}
