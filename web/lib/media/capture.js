/** @import { Store } from "../store.js" */
/** @import { DeviceKind, MediaState } from "../types.d.ts" */
import { listDevices, permissionOf } from "./browser.js";
import { classify, unavailable, wasDismissed } from "./failure.js";

/** @typedef {{ audio: boolean, video: boolean }} Wanted */

const KINDS = /** @type {DeviceKind[]} */ (["audio", "video"]);

/** The camera and microphone of this page before the call takes them over. */
export class Capture {
  #store;
  /** @type {{ audio: MediaStreamTrack | null, video: MediaStreamTrack | null }} */
  tracks = { audio: null, video: null };

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
  }

  /** One question for both; when it fails, each alone, so that a missing camera never costs the microphone. @param {Wanted} wanted */
  async request(wanted) {
    const kinds = KINDS.filter((kind) => wanted[kind]);
    const hindrance = unavailable(window.isSecureContext, Boolean(navigator.mediaDevices));
    if (hindrance) return kinds.forEach((kind) => this.#keep(kind, null, hindrance));
    this.#store.dispatch({ type: "devices/asking", ...wanted });
    try {
      await this.#ask(wanted);
    } catch (error) {
      await this.#askEach(kinds, asError(error));
    }
    await listDevices(this.#store);
  }

  /** Ends what is held, so that the camera's light goes out. */
  release() {
    KINDS.filter((kind) => this.tracks[kind]).forEach((kind) => this.drop(kind));
  }

  /** @param {DeviceKind} kind */
  isLive(kind) {
    return this.tracks[kind]?.readyState === "live";
  }

  /** @param {DeviceKind} kind */
  drop(kind) {
    this.#keep(kind, null, "off");
  }

  /** Hands the running tracks over to the call, which ends them from then on. */
  take() {
    const taken = this.tracks;
    this.tracks = { audio: null, video: null };
    return taken;
  }

  /** @param {Wanted} wanted */
  async #ask(wanted) {
    const stream = await navigator.mediaDevices.getUserMedia(constraints(wanted, this.#store.get().devices));
    const [audio, video] = [stream.getAudioTracks()[0], stream.getVideoTracks()[0]];
    if (audio) this.#keep("audio", audio, "on");
    if (video) this.#keep("video", video, "on");
  }

  /** @param {DeviceKind[]} kinds @param {Error} error */
  async #askEach(kinds, error) {
    if (wasDismissed(error)) return kinds.forEach((kind) => this.#keep(kind, null, "denied"));
    for (const kind of kinds) await this.#askOne(kind);
  }

  /** @param {DeviceKind} kind */
  async #askOne(kind) {
    try {
      await this.#ask({ audio: kind === "audio", video: kind === "video" });
    } catch (error) {
      this.#keep(kind, null, classify(asError(error), await permissionOf(kind)));
    }
  }

  /** @param {DeviceKind} kind @param {MediaStreamTrack | null} track @param {MediaState} state */
  #keep(kind, track, state) {
    this.tracks[kind]?.stop();
    this.tracks[kind] = track;
    this.#store.dispatch({ type: "devices/result", kind, state });
  }
}

/** @param {Wanted} wanted @param {{ microphone: string, camera: string }} chosen @returns {MediaStreamConstraints} */
function constraints(wanted, chosen) {
  const audio = {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...idealDevice(chosen.microphone),
  };
  const video = { width: { ideal: 1280 }, height: { ideal: 720 }, ...idealDevice(chosen.camera) };
  return { audio: wanted.audio && audio, video: wanted.video && video };
}

/** @param {string} id @returns {MediaTrackConstraints} */
function idealDevice(id) {
  return id ? { deviceId: { ideal: id } } : {};
}

/** @param {unknown} thrown */
function asError(thrown) {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
