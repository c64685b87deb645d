/** @import { ApiError } from "../lib/api.js" */
/** @import { App } from "../lib/app.js" */
/** @import { Hint, Pace, PanelState, Verdict } from "../lib/types.d.ts" */
import { copyText } from "../lib/clipboard.js";
import { saveFile } from "../lib/files.js";
import { json, markdown, noteName } from "../lib/note-file.js";
import { currentHint } from "../lib/state/hints.js";
import { noHintWords, unmadeWords } from "../lib/words-coach.js";
import { words } from "../lib/words.js";

const NOTE_TIMEOUT_MS = 25_000;

/** What only the facilitator can ask of the coach. @param {App} app */
export function createCoachActions(app) {
  return {
    ...hintActions(app),
    ...listeningActions(app),
    ...panelActions(app),
    ...noteActions(app),
    checkPrivacy: () => checkPrivacy(app),
    togglePause: app.actions.togglePause,
  };
}

/** @typedef {ReturnType<typeof createCoachActions>} CoachActions */

/** @param {App} app */
function hintActions({ actions, store }) {
  const { dispatch, get } = store;

  async function hintNow() {
    const answer = await actions.ask("coach.hint_now", {});
    if (answer && answer.seq === null)
      dispatch({ type: "notice/add", text: noHintWords(answer.reason), tone: "info" });
  }

  /** @param {Hint} hint @param {Verdict} given */
  async function verdict(hint, given) {
    dispatch({ type: "hint/verdict", seq: hint.seq, verdict: given });
    const answer = await actions.ask("coach.feedback", { hint_id: hint.hintId, verdict: given });
    if (answer?.pace) dispatch({ type: "coach/pace", pace: answer.pace });
  }

  /** @param {Verdict} given */
  function verdictOnCurrent(given) {
    const hint = currentHint(get().hints);
    if (hint?.card === "hint") verdict(hint, given);
  }

  /** @param {string} text */
  async function copy(text) {
    const copied = await copyText(text);
    dispatch({ type: "notice/add", text: copied ? words.copied : words.copyFailed, tone: "info" });
  }

  return {
    verdict,
    verdictOnCurrent,
    copy,
    hintNow,
    testHint: () => actions.ask("coach.test_hint", {}),
    dismiss: (/** @type {Hint} */ hint) => dispatch({ type: "hint/dismiss", seq: hint.seq }),
    holdHint: (/** @type {boolean} */ held) => dispatch({ type: "hint/hold", held }),
  };
}

/** @param {App} app */
function listeningActions({ actions, store }) {
  const { dispatch, get } = store;

  /** @param {Pace} wanted */
  async function pace(wanted) {
    const answer = await actions.ask("coach.pace", { pace: wanted });
    if (answer) dispatch({ type: "coach/pace", pace: answer.pace });
  }

  /** @param {boolean} held */
  async function hold(held) {
    if (get().coach.status?.listening !== "push" || held === get().coach.held) return;
    dispatch({ type: "coach/held", held });
    await actions.ask("coach.listen", { held });
  }

  /** @param {boolean} push */
  async function pushToListen(push) {
    const answer = await actions.ask("coach.listen", { mode: push ? "push" : "continuous" });
    if (answer) dispatch({ type: "coach/listening", listening: answer.listening });
  }

  /** @param {boolean} on */
  async function captions(on) {
    const answer = await actions.ask("coach.captions", { on });
    if (answer) dispatch({ type: "coach/captions", on });
  }

  return { pace, hold, pushToListen, captions };
}

/** @param {App} app */
function noteActions({ actions, api, store }) {
  const { dispatch, get } = store;

  async function writeNote() {
    dispatch({ type: "note/asked" });
    const [answer, counted] = await Promise.all([
      actions.ask("coach.summary", {}, NOTE_TIMEOUT_MS),
      actions.ask("coach.figures", {}),
    ]);
    const figures = counted?.figures ?? null;
    if (answer && !answer.reason) dispatch({ type: "note/written", items: answer.items, figures });
    else dispatch({ type: "note/failed", reason: answer?.reason ?? "", figures });
  }

  /** @param {"md" | "json"} form */
  function downloadNote(form) {
    const { note } = get();
    const [text, type] = form === "md" ? [markdown(note), "text/markdown"] : [json(note), "application/json"];
    saveFile(`${noteName(note)}.${form}`, text, type);
    dispatch({ type: "note/kept" });
    forget();
  }

  function discardNote() {
    dispatch({ type: "note/discard" });
    forget();
  }

  /** With the end of the session what the server had is gone, and so is the seat. */
  function forget() {
    const { end } = get().call;
    if (end === null || end === "left") api.forgetNote().catch(() => undefined);
  }

  return {
    writeNote,
    downloadNote,
    editNote: (/** @type {string} */ heading, /** @type {string} */ text) =>
      dispatch({ type: "note/edit", heading, text }),
    discardNote,
  };
}

/** @param {App} app */
async function checkPrivacy({ api, store }) {
  store.dispatch({ type: "privacy/asked" });
  try {
    store.dispatch({ type: "privacy/found", ...(await api.privacyCheck()) });
  } catch (error) {
    const { code = "", message = "" } = /** @type {Partial<ApiError>} */ (error);
    store.dispatch({ type: "privacy/unmade", why: unmadeWords(code, message) });
  }
}

/** @param {App} app */
function panelActions({ memory, store }) {
  /** @param {Partial<PanelState>} change */
  const panel = (change) => store.dispatch({ type: "panel/set", change });
  const now = () => store.get().panel;
  return {
    largeText: (/** @type {boolean} */ large) => {
      memory.remember({ large });
      panel({ large });
    },
    togglePanel: () => panel({ hidden: !now().hidden }),
    toggleSheet: () => panel({ expanded: !now().expanded }),
    uncover: () => panel({ covered: false }),
  };
}
