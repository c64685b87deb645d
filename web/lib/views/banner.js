/** @import { Actions } from "../actions.js" */
/** @import { CallState, Notice, PageState } from "../types.d.ts" */
import { attribute, each, h, show, text } from "../dom.js";
import { icon } from "../icons.js";
import { justReconnected } from "../state/call.js";
import { words } from "../words.js";

/** What stands between the person and the call right now. @param {Actions} actions */
export function bannerView(actions) {
  const label = h("span");
  const retry = h(
    "button",
    { id: "retry-now", class: "button button-small", type: "button", onclick: actions.retryNow },
    words.tryNow,
  );
  const connection = h("div", { id: "banner", class: "banner", role: "status" }, label, retry);
  const soundButton = h(
    "button",
    { id: "start-audio", class: "button button-small", type: "button", onclick: actions.startAudio },
    words.allowSound,
  );
  const sound = h(
    "div",
    { id: "sound-blocked", class: "banner", hidden: true },
    h("span", {}, words.soundBlocked),
    soundButton,
  );
  const element = h("div", { class: "banners" }, connection, sound);

  /** @param {PageState} state */
  function render({ call, now }) {
    const shown = call.phase === "call" ? connectionWords(call, now) : "";
    attribute(connection, "data-state", call.connection);
    connection.classList.toggle("empty", shown === "");
    text(label, shown);
    show(retry, call.connection === "lost");
    show(sound, call.phase === "call" && !call.canPlay && call.connection === "connected");
  }

  return { element, render };
}

/** @param {CallState} call @param {number} now */
function connectionWords(call, now) {
  if (call.connection === "reconnecting") return words.reconnecting;
  if (call.connection === "lost" || call.connection === "connecting") return words.lost;
  return justReconnected(call, now) ? words.reconnected : "";
}

/** Short notes; the announcer speaks them, so that they are not live here. @param {Actions} actions */
export function noticesView(actions) {
  const element = h("ul", { id: "notices", class: "notices" });
  /** @param {Notice} notice */
  const item = (notice) => {
    const drop = h(
      "button",
      {
        class: "round",
        type: "button",
        "aria-label": "Dismiss",
        onclick: () => actions.dropNotice(notice.id),
      },
      icon("close"),
    );
    return h(
      "li",
      { class: "notice", "data-testid": "notice", "data-tone": notice.tone },
      h("span", {}, notice.text),
      drop,
    );
  };
  /** @param {PageState} state */
  const render = ({ notices }) => each(element, notices.list, (one) => String(one.id), item);
  return { element, render };
}
