/** @import { Actions } from "../actions.js" */
/** @import { ChatMessage, PageState } from "../types.d.ts" */
import { attribute, button, each, h, show, text } from "../dom.js";
import { icon } from "../icons.js";
import { CHAT_MAX_CHARS } from "../state/chat.js";
import { words } from "../words.js";

/** A few written words between the two people, for when sound fails. @param {Actions} actions */
export function chatView(actions) {
  const { element, log, input } = chatParts(actions);
  let wasOpen = false;

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

/** @param {Actions} actions */
function chatParts(actions) {
  const close = button("chat-close", "round", actions.toggleChat, icon("close"));
  attribute(close, "aria-label", "Close chat");
  const log = h("div", {
    id: "chat-log",
    class: "chat-log",
    role: "log",
    "aria-label": "Messages",
    tabindex: 0,
  });
  const input = h("input", { id: "chat-input", maxlength: CHAT_MAX_CHARS, autocomplete: "off" });
  attribute(input, "aria-label", "Message");
  attribute(input, "placeholder", "Write to each other");
  const send = h("button", { id: "chat-send", class: "button button-small", type: "submit" }, "Send");
  const form = h(
    "form",
    { class: "chat-form", onsubmit: (/** @type {Event} */ event) => submit(event, input, actions) },
    input,
    send,
  );
  const head = h("header", {}, h("h2", {}, "Chat"), close);
  const note = h("p", { class: "chat-note" }, words.chatNote);
  return {
    element: h("section", { id: "chat", class: "chat", "aria-label": "Chat" }, head, note, log, form),
    log,
    input,
  };
}

/** @param {Event} event @param {HTMLInputElement} input @param {Actions} actions */
function submit(event, input, actions) {
  event.preventDefault();
  const typed = input.value.trim();
  if (!typed) return;
  actions.sendChat(typed);
  input.value = "";
}

/** @param {ChatMessage} message @param {string} name */
function messageItem(message, name) {
  const marks = { class: "chat-message", "data-testid": "chat-message", "data-mine": String(message.mine) };
  const who = h("span", { class: "chat-who" }, message.mine ? "You" : name);
  const failed = h("span", { class: "chat-failed" });
  return h("div", marks, who, h("span", { class: "chat-text" }, message.text), failed);
}

/** @param {HTMLElement} item @param {ChatMessage} message */
function update(item, message) {
  const failed = item.querySelector(".chat-failed");
  if (failed) text(failed, message.failed ? words.chatFailed : "");
  attribute(item, "data-failed", String(message.failed));
}
