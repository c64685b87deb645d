/** @import { PageState } from "./types.d.ts" */
/** @import { Store } from "./store.js" */
import { presenceStep } from "./state/presence.js";

const PATH = "/api/presence";

/**
 * Holds a connection to our server while the page is looked at, or in a call: a server that sleeps when nobody is
 * there stays awake. It carries nothing.
 *
 * @param {Store} store
 */
export function createPresence({ dispatch }) {
  /** @type {EventSource | null} */
  let source = null;

  function close() {
    source?.close();
    source = null;
  }

  function open() {
    close();
    const opened = new EventSource(PATH);
    source = opened;
    opened.addEventListener("here", () => dispatch({ type: "presence/heard" }));
    opened.addEventListener("error", () => {
      if (source !== opened) return;
      close();
      dispatch({ type: "presence/lost" });
    });
    dispatch({ type: "presence/opened" });
  }

  addEventListener("pagehide", () => {
    close();
    dispatch({ type: "presence/closed" });
  });
  /** @param {PageState} state */
  return function follow(state) {
    const step = presenceStep(state, document.hidden);
    if (step === "open") open();
    if (step === "close") {
      close();
      dispatch({ type: "presence/closed" });
    }
  };
}
