/** @import { Room } from "livekit-client" */
/** @import { Store } from "../store.js" */
/** @import { Session } from "./session.js" */
import { ParticipantKind, RpcError } from "livekit-client";
import { isFresh } from "../state/call.js";
import { words } from "../words.js";
import { trackOf } from "./call.js";

const KINDS = /** @type {const} */ ({
  microphone: "audioinput",
  camera: "videoinput",
  speaker: "audiooutput",
});
const RPC_TIMEOUT_MS = 8000;
const SHORT_TRY_MS = 1500;
const SHORT_TRIES = 4;
/** Each of these does something anew, or must not come late. */
const NOT_TWICE = ["coach.hint_now", "coach.test_hint", "coach.summary", "coach.listen"];

/** What a person can do in the room. Without a room nothing happens. */
export class Deeds {
  #session;
  #store;
  #micOn = false;
  #micTurn = Promise.resolve();

  /** @param {Session} session @param {Store} store */
  constructor(session, store) {
    this.#session = session;
    this.#store = store;
  }

  /** One change after the other, each to the latest wish: a key let go while the microphone still starts must end with it off. @param {boolean} on */
  async setMic(on) {
    this.#micOn = on;
    this.#store.dispatch({ type: "devices/want", kind: "audio", on });
    this.#micTurn = this.#micTurn.then(async () => {
      await this.#session.room?.localParticipant.setMicrophoneEnabled(this.#micOn).catch(told);
    });
    await this.#micTurn;
  }

  /** @param {boolean} on */
  async setCamera(on) {
    this.#store.dispatch({ type: "devices/want", kind: "video", on });
    await this.#session.room?.localParticipant.setCameraEnabled(on).catch(told);
  }

  /** The page itself is left out of the choice: it holds what only one person may see. @param {boolean} on */
  async share(on) {
    const room = this.#session.room;
    if (!room) return;
    try {
      const publication = await room.localParticipant.setScreenShareEnabled(on, {
        audio: false,
        selfBrowserSurface: "exclude",
      });
      const track = publication?.track?.mediaStreamTrack;
      this.#store.dispatch({ type: "call/sharing", surface: on && track ? surfaceOf(track) : "none" });
    } catch (error) {
      if (!isRefusal(error))
        this.#store.dispatch({ type: "notice/add", text: words.shareFailed, tone: "warn" });
    }
  }

  /** @param {string} text @param {string} id */
  async sendChat(text, id) {
    const room = this.#session.room;
    const to = room ? peopleOf(room) : [];
    this.#store.dispatch({ type: "chat/sent", id, text });
    try {
      if (!room || to.length === 0) throw new Error("nobody to write to");
      await room.localParticipant.sendText(text, { topic: "lk.chat", destinationIdentities: to });
    } catch {
      this.#store.dispatch({ type: "chat/failed", id });
    }
  }

  /** Asks the coach; null when it doesn't answer. On a new connection the first questions may be lost on the way, so what may be asked again is, as long as it is still wanted. @param {string} method @param {Record<string, unknown>} request @param {{ patienceMs?: number, stillWanted?: () => boolean }} [terms] @returns {Promise<Record<string, any> | null>} */
  async ask(method, request, { patienceMs = RPC_TIMEOUT_MS, stillWanted = () => true } = {}) {
    const tries = NOT_TWICE.includes(method) ? 0 : SHORT_TRIES;
    for (let tried = 0; tried < tries && this.#isFresh(); tried += 1) {
      const answer = await this.#perform(method, request, SHORT_TRY_MS);
      if (answer || !stillWanted()) return answer;
    }
    return this.#perform(method, request, patienceMs);
  }

  #isFresh() {
    const { call, now } = this.#store.get();
    return isFresh(call, now);
  }

  /** @param {string} method @param {Record<string, unknown>} request @param {number} patienceMs @returns {Promise<Record<string, any> | null>} */
  async #perform(method, request, patienceMs) {
    const { coach, call } = this.#store.get();
    const room = this.#session.room;
    const destinationIdentity = coach.identity || call.agent?.identity;
    if (!room || !destinationIdentity) return null;
    const payload = JSON.stringify(request);
    const asked = { destinationIdentity, method, payload, responseTimeout: patienceMs };
    return room.localParticipant
      .performRpc(asked)
      .then(JSON.parse)
      .catch(() => null);
  }

  /** Whether a question reaches the coach and its answer comes back; that it knows no such question is an answer. */
  async reachesCoach() {
    const room = this.#session.room;
    const destinationIdentity = this.#store.get().call.agent?.identity;
    if (!room || !destinationIdentity) return false;
    const question = {
      destinationIdentity,
      method: "coach.check",
      payload: "{}",
      responseTimeout: RPC_TIMEOUT_MS,
    };
    const error = await room.localParticipant.performRpc(question).catch((thrown) => thrown);
    return !(error instanceof RpcError) || error.code === RpcError.ErrorCode.UNSUPPORTED_METHOD;
  }

  /** @param {keyof typeof KINDS} kind @param {string} id */
  async useDevice(kind, id) {
    await this.#session.room?.switchActiveDevice(KINDS[kind], id).catch(told);
  }

  /** For operators and tests: breaks the connection in a way that must mend itself. @param {"signal-reconnect" | "full-reconnect"} scenario */
  async simulate(scenario) {
    await this.#session.room?.simulateScenario(scenario);
  }

  async startAudio() {
    await this.#session.room?.startAudio();
  }

  /** @param {string} sid */
  track(sid) {
    return this.#session.room && trackOf(this.#session.room, sid);
  }
}

/** The room has told the person already, by its own event on devices. */
function told() {
  return undefined;
}

/** @param {unknown} error */
function isRefusal(error) {
  return error instanceof DOMException && error.name === "NotAllowedError";
}

/** Only another tab is sure not to show this page. @param {MediaStreamTrack} track */
function surfaceOf(track) {
  return track.getSettings().displaySurface === "browser" ? "tab" : "screen";
}

/** Everyone but the coach. @param {Room} room */
function peopleOf(room) {
  return [...room.remoteParticipants.values()]
    .filter((one) => one.kind !== ParticipantKind.AGENT)
    .map((one) => one.identity);
}
