/** @import { Actions } from "../actions.js" */
/** @import { CallState, Notice, PageState } from "../types.d.ts" */
import { attribute, button, each, h, show, text } from "../dom.js";
import { icon } from "../icons.js";
import { justReconnected } from "../state/call.js";
import { words } from "../words.js";

/** What stands between the person and the call right now, and short notes under it. @param {Actions} actions */
export function bannerView(actions) {
  const label = h("span");
  const retry = button("retry-now", "button button-small", actions.retryNow, words.tryNow);
  const connection = h("div", { id: "banner", class: "banner", role: "status" }, label, retry);
  const allow = button("start-audio", "button button-small", actions.startAudio, words.allowSound);
  const sound = h("div", { id: "sound-blocked", class: "banner" }, h("span", {}, words.soundBlocked), allow);
  const notices = h("ul", { id: "notices", class: "notices" });
  const element = h("div", { class: "banners" }, connection, sound, notices);

  /** @param {PageState} state */
  function render({ call, notices: notes, now }) {
    const shown = call.phase === "call" ? connectionWords(call, now) : "";
    attribute(connection, "data-state", call.connection);
    connection.classList.toggle("empty", shown === "");
    text(label, shown);
    show(retry, call.connection === "lost");
    show(sound, call.phase === "call" && !call.canPlay && call.connection === "connected");
    each(
      notices,
      notes.list,
      (one) => String(one.id),
      (one) => noticeItem(one, actions),
    );
  }

  return { element, render };
}

/** @param {CallState} call @param {number} now */
function connectionWords(call, now) {
  if (call.connection === "reconnecting") return words.reconnecting;
  if (call.connection === "lost" || call.connection === "connecting") return words.lost;
  return justReconnected(call, now) ? words.reconnected : "";
}

/** The announcer speaks a notice, so that it is not live here. @param {Notice} notice @param {Actions} actions */
function noticeItem(notice, actions) {
  const drop = button(
    `drop-notice-${notice.id}`,
    "round",
    () => actions.dropNotice(notice.id),
    icon("close"),
  );
  attribute(drop, "aria-label", "Dismiss");
  const marks = { class: "notice", "data-testid": "notice", "data-tone": notice.tone };
  return h("li", marks, h("span", {}, notice.text), drop);
}
