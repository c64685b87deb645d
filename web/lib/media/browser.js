/** @import { Store } from "../store.js" */
/** @import { DeviceChoice, DeviceKind } from "../types.d.ts" */

const PERMISSION = { audio: "microphone", video: "camera" };

/** The permission as the browser keeps it; null where it doesn't tell. @param {DeviceKind} kind */
export async function permissionStatus(kind) {
  const name = /** @type {PermissionName} */ (PERMISSION[kind]);
  return navigator.permissions?.query({ name }).catch(() => null) ?? null;
}

/** "granted", "denied", "prompt", or "" when unknown. @param {DeviceKind} kind */
export async function permissionOf(kind) {
  return (await permissionStatus(kind))?.state ?? "";
}

/** Puts the names of the devices into the state; never asks for permission. @param {Store} store */
export async function listDevices(store) {
  if (!navigator.mediaDevices) return;
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (/** @type {MediaDeviceKind} */ kind) =>
    all.filter((one) => one.kind === kind && one.deviceId).map(choice);
  store.dispatch({
    type: "devices/list",
    microphones: of("audioinput"),
    cameras: of("videoinput"),
    speakers: canChooseSpeaker() ? of("audiooutput") : [],
  });
}

/** @param {MediaDeviceInfo} device @param {number} index @returns {DeviceChoice} */
function choice(device, index) {
  return { id: device.deviceId, label: device.label || `Device ${index + 1}` };
}

function canChooseSpeaker() {
  return "setSinkId" in HTMLMediaElement.prototype;
}
