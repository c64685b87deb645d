/** @import { Event, PanelState } from "../types.d.ts" */

/** @type {PanelState} */
export const initialPanel = { hidden: false, large: false, keys: true, covered: false, expanded: false };

/**
 * Hints are covered while the facilitator shares a window or a screen, which may show this page.
 *
 * @param {PanelState} state
 * @param {Event} event
 * @returns {PanelState}
 */
export function reducePanel(state, event) {
  switch (event.type) {
    case "panel/set":
      return { ...state, ...event.change };
    case "call/sharing":
      return { ...state, covered: event.surface === "screen" };
    case "call/lost":
    case "call/ended":
      return { ...state, covered: false };
    default:
      return state;
  }
}
