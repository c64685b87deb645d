/** @import { App } from "../lib/app.js" */
/** @import { PageState } from "../lib/types.d.ts" */
import { missingHints } from "../lib/state/hints.js";

const MOST_TRIES = 3;

/** Fetches hints that were missed, by their sequence numbers: after joining, and whenever the coach counts more than the page has. */
class History {
  /** @type {Map<number, number>} */
  #tries = new Map();
  #session = "";
  #wasConnected = false;
  #fetching = false;
  #beatAt = 0;

  /** @param {App} app */
  constructor({ api, store }) {
    this.api = api;
    this.store = store;
  }

  /** @param {PageState} state */
  async follow(state) {
    const connected = state.call.connection === "connected";
    const joined = connected && !this.#wasConnected;
    const beat = state.coach.beatAt !== this.#beatAt;
    this.#wasConnected = connected;
    this.#beatAt = state.coach.beatAt;
    if (joined) await this.#start();
    else if (connected && beat && !this.#fetching) await this.#fillGaps(state);
  }

  async #start() {
    const session = this.api.session();
    if (this.#session && this.#session !== session) this.store.dispatch({ type: "hints/forget" });
    this.#session = session;
    this.#tries.clear();
    await this.#fetch(0);
  }

  /** @param {PageState} state */
  async #fillGaps({ coach, hints }) {
    const triesOf = (/** @type {number} */ seq) => this.#tries.get(seq) ?? 0;
    const missing = missingHints(hints, coach.status?.last_seq ?? 0).filter(
      (seq) => triesOf(seq) < MOST_TRIES,
    );
    missing.forEach((seq) => this.#tries.set(seq, triesOf(seq) + 1));
    if (missing[0] !== undefined) await this.#fetch(missing[0] - 1);
  }

  /** A failed fetch is tried again with the coach's next beat. @param {number} after */
  async #fetch(after) {
    this.#fetching = true;
    const answer = await this.api.hints(after).catch(() => null);
    this.#fetching = false;
    if (answer) this.store.dispatch({ type: "hints/fetched", hints: answer.hints });
  }
}

/** @param {App} app */
export function followHistory(app) {
  const history = new History(app);
  return (/** @type {PageState} */ state) => history.follow(state);
}

/** After a reload the note that was not yet taken comes back. @param {App} app */
export function bringBackNote({ api, store }) {
  let session = "";
  /** @param {PageState} state */
  return async function follow({ call, note }) {
    if (call.connection !== "connected" || note.stage !== "none" || session === api.session()) return;
    session = api.session();
    const answer = await api.note().catch(() => null);
    if (answer?.items && store.get().note.stage === "none")
      store.dispatch({ type: "note/written", items: answer.items });
  };
}

const FIRST_CALL_MS = 4000;
const CALL_AGAIN_MS = [3000, 5000, 5000, 10_000, 20_000, 30_000];

/** Asks the server for a coach while none is heard; less and less often, but for requests that fail. @param {App} app */
export function callCoach({ api }) {
  let nextAt = 0;
  let calls = 0;

  /** @param {PageState} state */
  return async function follow(state) {
    if (!isMissing(state)) {
      calls = 0;
      return;
    }
    if (state.now < nextAt) return;
    nextAt = state.now + (CALL_AGAIN_MS[Math.min(calls, CALL_AGAIN_MS.length - 1)] ?? 0);
    calls += 1;
    if (!(await api.coach().catch(() => null))) calls = Math.max(0, calls - 1);
  };
}

/** Not heard for as long as a beat takes twice, or gone from the room after it was heard. @param {PageState} state */
function isMissing({ call, coach, now }) {
  if (call.connection !== "connected") return false;
  const gone = coach.beatAt > coach.graceFrom && call.agent === null;
  return gone || now - Math.max(coach.beatAt, coach.graceFrom) >= FIRST_CALL_MS;
}
