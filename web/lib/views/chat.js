/** @import { Actions } from "../actions.js" */
/** @import { ChatMessage, PageState } from "../types.d.ts" */
import { attribute, each, h, show, text } from "../dom.js";
import { icon } from "../icons.js";
import { CHAT_MAX_CHARS } from "../state/chat.js";
import { words } from "../words.js";

/** A few written words between the two people, for when sound fails. @param {Actions} actions */
export function chatView(actions) {
  const log = h("ol", {
    id: "chat-log",
    class: "chat-log",
    role: "log",
    "aria-label": "Messages",
    tabindex: 0,
  });
  const input = h("input", {
    id: "chat-input",
    maxlength: CHAT_MAX_CHARS,
    autocomplete: "off",
    "aria-label": "Message",
    placeholder: "Write to each other",
  });
  const form = h(
    "form",
    { class: "chat-form", onsubmit: send },
    input,
    h("button", { id: "chat-send", class: "button button-small", type: "submit" }, "Send"),
  );
  const close = h(
    "button",
    { class: "round", type: "button", "aria-label": "Close chat", onclick: actions.toggleChat },
    icon("close"),
  );
  const note = h(
    "p",
    { class: "chat-note" },
    "Between the two of you: the coach doesn't read it, and nothing is kept.",
  );
  const element = h(
    "section",
    { id: "chat", class: "chat", "aria-label": "Chat", hidden: true },
    h("header", {}, h("h2", {}, "Chat"), close),
    note,
    log,
    form,
  );
  let wasOpen = false;

  /** @param {Event} event */
  function send(event) {
    event.preventDefault();
    const typed = input.value.trim();
    if (!typed) return;
    actions.sendChat(typed);
    input.value = "";
  }

  /** @param {PageState} state */
  function render({ call, chat }) {
    const open = chat.open && call.phase === "call";
    const before = log.children.length;
    show(element, open);
    each(
      log,
      chat.messages,
      (one) => one.id,
      (one) => messageItem(one, call.other?.name || "They"),
      update,
    );
    if (log.children.length > before) log.scrollTop = log.scrollHeight;
    if (open && !wasOpen) input.focus();
    wasOpen = open;
  }

  return { element, render };
}

/** @param {ChatMessage} message @param {string} name */
function messageItem(message, name) {
  const who = h("span", { class: "chat-who" }, message.mine ? "You" : name);
  return h(
    "li",
    { class: "chat-message", "data-testid": "chat-message", "data-mine": String(message.mine) },
    who,
    h("span", { class: "chat-text" }, message.text),
    h("span", { class: "chat-failed", hidden: true }),
  );
}

/** @param {HTMLElement} item @param {ChatMessage} message */
function update(item, message) {
  const failed = item.lastElementChild;
  if (!(failed instanceof HTMLElement)) return;
  show(failed, message.failed);
  text(failed, message.failed ? words.chatFailed : "");
  attribute(item, "data-failed", String(message.failed));
}
