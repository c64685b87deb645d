/** @import { PageState } from "./types.d.ts" */

const NAME = "No Bad Parts";

/** What the tab says, also when another one is in front. @param {PageState} state */
export function titleOf(state) {
  const unread = state.chat.unread > 0 ? `(${state.chat.unread}) ` : "";
  return `${unread}${situation(state)} · ${NAME}`;
}

/** @param {PageState} state */
function situation({ call, role, coach }) {
  if (call.phase === "ended") return "Left";
  if (call.phase !== "call") return "Join";
  if (call.connection !== "connected") return "Reconnecting…";
  if (call.me && !call.me.micOn) return "Muted";
  if (!call.other) return "Waiting";
  if (role === "facilitator" && coach.offline) return "AI offline";
  return "In session";
}

/** Marks the page with its state, for styles and for whoever drives it. @param {PageState} state @param {Document} page */
export function markPage(state, page) {
  const title = titleOf(state);
  if (page.title !== title) page.title = title;
  const { call, coach, panel } = state;
  Object.assign(page.documentElement.dataset, {
    phase: call.phase,
    connection: call.connection,
    coach: coachMark(state),
    panel: panel.hidden ? "hidden" : "shown",
    expanded: String(panel.expanded),
    text: panel.large ? "large" : "normal",
  });
  page.documentElement.dataset.offline = String(coach.offline);
}

/** @param {PageState} state */
function coachMark({ role, coach, call }) {
  if (role === "partner") return call.agent?.state || "none";
  return coach.offline ? "offline" : (coach.status?.state ?? "none");
}
