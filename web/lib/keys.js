/** @import { PageState } from "./types.d.ts" */

/** @typedef {Record<string, { down: () => void, up?: () => void, words: string }>} KeyMap keyed by KeyboardEvent.key in lower case */

const TYPING = "input:not([type='radio'], [type='checkbox']), select, textarea, [contenteditable]";
const PRESSABLE = `button, a, summary, label, input, ${TYPING}`;

/**
 * Single keys for the call. They stay out of the way of typing, of a focused button (space presses
 * it), of the browser's own shortcuts, and of people who turned them off.
 *
 * @param {KeyMap} keys
 * @param {() => PageState} get
 */
export function listenToKeys(keys, get) {
  const down = new Set();

  /** @param {KeyboardEvent} event */
  function press(event) {
    const name = event.key.toLowerCase();
    const key = keys[name];
    if (!key || event.repeat || !isMeant(event, get())) return;
    event.preventDefault();
    down.add(name);
    key.down();
  }

  /** @param {string} name */
  function release(name) {
    if (down.delete(name)) keys[name]?.up?.();
  }

  document.addEventListener("keydown", press);
  document.addEventListener("keyup", (event) => release(event.key.toLowerCase()));
  window.addEventListener("blur", () => [...down].forEach(release));
}

/** @param {KeyboardEvent} event @param {PageState} state */
function isMeant(event, { call, panel }) {
  if (call.phase !== "call" || !panel.keys || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (document.querySelector("dialog[open]")) return false;
  const target = event.target instanceof Element ? event.target : document.body;
  return !target.closest(event.key === " " ? PRESSABLE : TYPING);
}
