/** @import { PageState } from "./types.d.ts" */

/** Keeps the screen awake during the call; a browser that can't or won't is left alone. */
export function createWakeLock() {
  let wanted = false;
  /** @type {WakeLockSentinel | null} */
  let lock = null;

  async function sync() {
    if (!("wakeLock" in navigator) || document.hidden) return;
    if (wanted && (!lock || lock.released))
      lock = await navigator.wakeLock.request("screen").catch(() => null);
    if (!wanted && lock) await lock.release().then(() => (lock = null));
  }

  document.addEventListener("visibilitychange", sync);
  /** @param {PageState} state */
  return function follow({ call }) {
    const inCall = call.phase === "call";
    if (inCall === wanted) return;
    wanted = inCall;
    sync();
  };
}
