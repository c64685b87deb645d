/** @import { Hint, PageState } from "./types.d.ts" */
import { h } from "./dom.js";
import { newlyComplete } from "./state/hints.js";
import { statusSpoken } from "./words-coach.js";
import { words } from "./words.js";

/** @typedef {{ text: string, urgent: boolean }} Announcement */

const CLEAR_MS = 150;
const SPACING_MS = 1000;

/** Speaks to screen readers, one thing after the other, nothing twice. @param {HTMLElement} place */
export function createAnnouncer(place) {
  const polite = h("div", { class: "visually-hidden", id: "announcer", "aria-live": "polite" });
  const urgent = h("div", { class: "visually-hidden", id: "announcer-urgent", "aria-live": "assertive" });
  place.append(polite, urgent);
  /** @type {Announcement[]} */
  const queue = [];
  let speaking = false;

  function next() {
    const one = queue.shift();
    speaking = one !== undefined;
    if (!one) return;
    const region = one.urgent ? urgent : polite;
    region.textContent = "";
    setTimeout(() => {
      region.textContent = one.text;
    }, CLEAR_MS);
    setTimeout(next, SPACING_MS);
  }

  /** @param {Announcement} announcement */
  function say(announcement) {
    queue.push(announcement);
    if (!speaking) next();
  }

  /** @type {PageState | null} */
  let before = null;
  /** @param {PageState} state */
  function follow(state) {
    if (before) announcements(before, state).forEach(say);
    before = state;
  }
  return { follow };
}

/**
 * What is worth saying aloud about a change.
 *
 * @param {PageState} before
 * @param {PageState} after
 * @returns {Announcement[]}
 */
export function announcements(before, after) {
  return [
    ...spokenHints(before, after),
    ...spokenNotices(before, after),
    ...spokenOffline(before, after),
    ...spokenStatus(before, after),
  ];
}

/** @param {PageState} before @param {PageState} after @returns {Announcement[]} */
function spokenHints(before, after) {
  if (before.hints === after.hints) return [];
  const complete = newlyComplete(before.hints, after.hints);
  if (!after.panel.covered) return complete.map(spokenHint);
  return complete.some((hint) => hint.card === "safety") ? [{ text: words.safetyCovered, urgent: true }] : [];
}

/** @param {Hint} hint @returns {Announcement} */
function spokenHint(hint) {
  return {
    text: [
      hint.card === "safety" ? "Safety note." : "Hint.",
      hint.suggestion || hint.summary,
      ...hint.followUps,
    ].join(" "),
    urgent: hint.card === "safety",
  };
}

/** @param {PageState} before @param {PageState} after @returns {Announcement[]} */
function spokenNotices(before, after) {
  const known = new Set(before.notices.list.map((one) => one.id));
  return after.notices.list
    .filter((one) => !known.has(one.id))
    .map((one) => ({ text: one.text, urgent: false }));
}

/** @param {PageState} before @param {PageState} after @returns {Announcement[]} */
function spokenOffline(before, after) {
  if (before.coach.offline === after.coach.offline || !after.coach.connected) return [];
  return [{ text: after.coach.offline ? words.offline : "AI is back.", urgent: false }];
}

/** A coach that is at work when it is first heard is no news. @param {PageState} before @param {PageState} after @returns {Announcement[]} */
function spokenStatus(before, after) {
  const { status } = after.coach;
  if (!status || status === before.coach.status) return [];
  const known = before.coach.status ?? { ...status, state: "listening", reason: "" };
  const text = statusSpoken(status);
  return text === statusSpoken(known) ? [] : [{ text, urgent: false }];
}
