/** @import { Room } from "livekit-client" */
/** @import { Api } from "../api.js" */
/** @import { Capture } from "../media/capture.js" */
/** @import { Memory } from "../storage.js" */
/** @import { Store } from "../store.js" */
/** @import { Info } from "../types.d.ts" */
import { failuresOf } from "../state/devices.js";
import { mediaNotice, words } from "../words.js";
import { endOf, retryDelay } from "../state/call.js";
import { openCall, publish } from "./call.js";
import { isFinal, problemOf } from "./problem.js";

/**
 * @typedef {object} Parts
 * @property {Store} store
 * @property {Api} api
 * @property {Capture} capture
 * @property {Memory} memory
 * @property {(room: Room) => void} prepare
 * @property {(room: Room | null) => void} onChange
 */

/** The person's stay in the room: join, come back by itself after a loss, leave. */
export class Session {
  /** @type {Room | null} */
  room = null;
  #leaving = false;
  #joining = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    window.addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => document.hidden || this.retryNow());
  }

  async join() {
    if (this.#joining) return;
    this.#joining = true;
    this.#leaving = false;
    this.parts.store.dispatch({ type: "call/connecting" });
    try {
      await this.#connect();
    } catch (error) {
      this.#failed(problemOf(error));
    } finally {
      this.#joining = false;
    }
  }

  async leave() {
    this.#leaving = true;
    clearTimeout(this.#timer);
    this.parts.capture.release();
    if (this.room) await this.room.disconnect();
    else this.#gone(undefined);
  }

  /** The network or the tab is back: waiting longer would be for nothing. */
  retryNow() {
    if (this.parts.store.get().call.connection !== "lost") return;
    clearTimeout(this.#timer);
    this.join();
  }

  async #connect() {
    const { store, api, capture, onChange } = this.parts;
    const info = store.get().info ?? (await loadInfo(api, store));
    await this.#reclaim();
    const room = await this.#enter(info);
    if (this.#leaving) return room.disconnect();
    this.room = room;
    store.dispatch({ type: "call/connected" });
    onChange(room);
    this.#noteMissing();
    await publish(room, capture.take()).catch(() => this.#warn(words.publishFailed));
  }

  /** Who is in without picture or sound must know it. */
  #noteMissing() {
    failuresOf(this.parts.store.get().devices).forEach(({ kind, failure }) =>
      this.#warn(mediaNotice(kind, failure)),
    );
  }

  /** @param {string} text */
  #warn(text) {
    this.parts.store.dispatch({ type: "notice/add", text, tone: "warn" });
  }

  /** @param {Info} info */
  async #enter(info) {
    const { store, api, memory, prepare, onChange } = this.parts;
    const [own, expected] = identities(api.role, info);
    const ticket = await api.enter(info.room, own, memory.get().name || own);
    return openCall(store, {
      url: ticket.server_url,
      token: ticket.participant_token,
      expected,
      choices: memory.get(),
      prepare,
      onChange,
      onGone: (reason) => this.#gone(reason),
    });
  }

  /** After a loss the old tracks are gone; what was on before is asked for again. */
  async #reclaim() {
    const { store, capture } = this.parts;
    const { call, devices } = store.get();
    const audio = devices.wantAudio && !capture.isLive("audio");
    const video = devices.wantVideo && !capture.isLive("video");
    if (call.everConnected && (audio || video)) await capture.request({ audio, video });
  }

  /** @param {string} problem */
  #failed(problem) {
    if (this.#leaving) return;
    const { store } = this.parts;
    if (store.get().call.everConnected && !isFinal(problem)) this.#comeBack();
    else store.dispatch({ type: "call/failed", problem });
  }

  /** @param {number | undefined} reason */
  #gone(reason) {
    if (!this.room && !this.#leaving) return;
    this.room = null;
    this.parts.onChange(null);
    const end = endOf(reason, this.#leaving);
    if (end) this.parts.store.dispatch({ type: "call/ended", reason: end });
    else this.#comeBack();
  }

  #comeBack() {
    const { store } = this.parts;
    const delay = retryDelay(store.get().call.attempt);
    store.dispatch({ type: "call/lost" });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.join(), delay);
  }
}

/** @param {Api} api @param {Store} store */
async function loadInfo(api, store) {
  const info = await api.info();
  store.dispatch({ type: "info", info });
  return info;
}

/** @param {Api["role"]} role @param {Info} info @returns {[string, string]} own and the other's */
function identities(role, info) {
  const both = /** @type {[string, string]} */ ([info.partner_identity, info.facilitator_identity]);
  return role === "partner" ? both : [both[1], both[0]];
}
