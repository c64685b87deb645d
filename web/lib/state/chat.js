/** @import { ChatState, ChatMessage, Event } from "../types.d.ts" */

/** @type {ChatState} */
export const initialChat = { messages: [], open: false, unread: 0 };

export const CHAT_MAX_CHARS = 2000;

/**
 * @param {ChatState} state
 * @param {Event} event
 * @param {number} now
 * @returns {ChatState}
 */
export function reduceChat(state, event, now) {
  switch (event.type) {
    case "chat/sent":
      return add(state, { id: event.id, mine: true, text: event.text, at: now, failed: false });
    case "chat/received":
      return received(state, event.id, event.text, now);
    case "chat/failed":
      return {
        ...state,
        messages: state.messages.map((one) => (one.id === event.id ? { ...one, failed: true } : one)),
      };
    case "chat/open":
      return { ...state, open: event.open, unread: event.open ? 0 : state.unread };
    case "call/ended":
      return initialChat;
    default:
      return state;
  }
}

/** @param {ChatState} state @param {ChatMessage} message @returns {ChatState} */
function add(state, message) {
  return { ...state, messages: [...state.messages, message] };
}

/** @param {ChatState} state @param {string} id @param {string} text @param {number} now @returns {ChatState} */
function received(state, id, text, now) {
  if (state.messages.some((one) => one.id === id)) return state;
  const words = text.slice(0, CHAT_MAX_CHARS);
  const next = add(state, { id, mine: false, text: words, at: now, failed: false });
  return { ...next, unread: state.open ? 0 : state.unread + 1 };
}
