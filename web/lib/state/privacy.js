/** @import { Event, PrivacyState } from "../types.d.ts" */

/** @type {PrivacyState} */
export const initialPrivacy = { stage: "none", found: "", remedy: "" };

/**
 * The privacy self-test before joining.
 *
 * @param {PrivacyState} state
 * @param {Event} event
 * @returns {PrivacyState}
 */
export function reducePrivacy(state, event) {
  switch (event.type) {
    case "privacy/asked":
      return { ...initialPrivacy, stage: "checking" };
    case "privacy/found":
      return { stage: event.ok ? "kept" : "failed", found: event.found, remedy: event.remedy };
    case "privacy/unmade":
      return { ...initialPrivacy, stage: "unmade", found: event.why };
    default:
      return state;
  }
}
