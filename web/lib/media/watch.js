/** @import { Store } from "../store.js" */
/** @import { DeviceKind } from "../types.d.ts" */
/** @import { Capture } from "./capture.js" */
import { isFailure } from "../state/devices.js";
import { listDevices, permissionOf, permissionStatus } from "./browser.js";

/**
 * Notices when the person has put right what was in the way (a permission, a plug), so that the
 * page needs no reload.
 *
 * @param {Store} store
 * @param {Capture} capture
 */
export async function watchDevices(store, capture) {
  /** @param {DeviceKind} kind */
  async function tryAgain(kind) {
    const { call, devices } = store.get();
    if (call.phase !== "prejoin" || !isFailure(devices[kind])) return;
    if ((await permissionOf(kind)) !== "granted") return;
    await capture.request({ audio: kind === "audio", video: kind === "video" });
  }

  async function look() {
    await listDevices(store);
    await tryAgain("audio");
    await tryAgain("video");
  }

  window.addEventListener("focus", look);
  navigator.mediaDevices?.addEventListener("devicechange", look);
  for (const kind of /** @type {DeviceKind[]} */ (["audio", "video"])) {
    (await permissionStatus(kind))?.addEventListener("change", () => tryAgain(kind));
  }
}
