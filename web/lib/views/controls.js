/** @import { Actions } from "../actions.js" */
/** @import { Icon } from "../icons.js" */
/** @import { PageState } from "../types.d.ts" */
import { attribute, h, show, text } from "../dom.js";
import { icon, setIcon } from "../icons.js";

/**
 * @param {string} id
 * @param {Icon} name
 * @param {() => void} onclick
 * @param {string} [kind]
 */
function control(id, name, onclick, kind = "") {
  const label = h("span", { class: "control-label" });
  const count = h("span", { class: "control-count", hidden: true });
  const button = h(
    "button",
    { id, class: `control ${kind}`.trim(), type: "button", onclick },
    icon(name),
    label,
    count,
  );
  /** @param {string} words @param {string} key */
  function say(words, key) {
    text(label, words);
    attribute(button, "title", key ? `${words} (${key})` : words);
    if (key) attribute(button, "aria-keyshortcuts", key);
  }
  return { button, say, count };
}

/** What a person does with the call: always in the same place. @param {Actions} actions */
export function controlsView(actions) {
  const mic = control("mute", "mic", actions.toggleMic);
  const camera = control("camera", "camera", actions.toggleCamera);
  const share = control("share", "share", actions.toggleShare);
  const chat = control("chat-toggle", "chat", actions.toggleChat);
  const settings = control("settings", "settings", actions.openSettings);
  const leave = control("leave", "leave", actions.leave, "control-leave");
  const all = [mic, camera, share, chat, settings, leave].map((one) => one.button);
  const element = h(
    "div",
    { id: "controls", class: "controls", role: "toolbar", "aria-label": "Call" },
    ...all,
  );
  show(share.button, actions.canShare);
  chat.button.setAttribute("aria-controls", "chat");
  settings.say("Settings", "");
  leave.say("Leave", "");

  /** @param {PageState} state */
  function render({ call, chat: talk }) {
    show(element, call.phase === "call");
    renderMedia(mic, Boolean(call.me?.micOn), ["mic", "micOff"], ["Mute", "Unmute"], "M");
    renderMedia(
      camera,
      Boolean(call.me?.camera),
      ["camera", "cameraOff"],
      ["Stop video", "Start video"],
      "V",
    );
    share.say(call.sharing === "none" ? "Share" : "Stop sharing", "");
    attribute(share.button, "aria-pressed", String(call.sharing !== "none"));
    chat.say("Chat", "C");
    attribute(chat.button, "aria-expanded", String(talk.open));
    show(chat.count, talk.unread > 0);
    text(chat.count, talk.unread > 0 ? `${talk.unread} new` : "");
  }

  return { element, render };
}

/**
 * @param {ReturnType<typeof control>} one
 * @param {boolean} on
 * @param {[Icon, Icon]} icons
 * @param {[string, string]} labels what pressing does when on, when off
 * @param {string} key
 */
function renderMedia(one, on, icons, labels, key) {
  setIcon(one.button, on ? icons[0] : icons[1]);
  one.say(on ? labels[0] : labels[1], key);
  attribute(one.button, "data-on", String(on));
}
