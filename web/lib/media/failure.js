/** @import { MediaFailure } from "../types.d.ts" */

/**
 * Tells apart why the browser gave no camera or microphone.
 *
 * @param {{ name: string, message: string }} error what getUserMedia threw
 * @param {string} permission the Permissions API's word for it, "" when unknown
 * @returns {MediaFailure}
 */
export function classify(error, permission) {
  switch (error.name) {
    case "NotFoundError":
    case "OverconstrainedError":
      return "none";
    case "NotAllowedError":
      return isSystemDenial(error.message, permission) ? "denied_by_system" : "denied";
    case "NotReadableError":
    case "AbortError":
      return "in_use";
    default:
      return "other";
  }
}

/** Chromium says so; Firefox throws although the site itself is allowed. @param {string} message @param {string} permission */
function isSystemDenial(message, permission) {
  return /by (the )?system/i.test(message) || permission === "granted";
}

/** The person closed the question without answering it. @param {{ name: string, message: string }} error */
export function wasDismissed(error) {
  return error.name === "NotAllowedError" && /dismissed/i.test(error.message);
}

/**
 * Whether this page can ask at all.
 *
 * @param {boolean} secure
 * @param {boolean} hasDevices navigator.mediaDevices exists
 * @returns {MediaFailure | null}
 */
export function unavailable(secure, hasDevices) {
  if (hasDevices) return null;
  return secure ? "unsupported" : "insecure";
}
