/** @import { Card, HintLine } from "../types.d.ts" */

/** Cuts streamed text into whole lines; a line without its end waits for the rest. */
export function createLines() {
  let rest = "";

  /** @param {string} text @returns {string[]} */
  function push(text) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    return parts.filter(Boolean);
  }

  return { push, rest: () => rest };
}

/** One line of a hint, or null when it is none of ours. @param {string} line @returns {HintLine | null} */
export function parseHintLine(line) {
  const value = parseObject(line);
  if (!value || typeof value.done !== "boolean") return null;
  if (value.section !== undefined && typeof value.text !== "string") return null;
  return /** @type {HintLine} */ (value);
}

/** @param {string} text @returns {Record<string, any> | null} */
export function parseObject(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

const MOST_NOTICE = 200;

/** The text of a notice; "" when it is none. @param {Uint8Array} packet @returns {string} */
export function parseNotice(packet) {
  const value = parseObject(new TextDecoder().decode(packet));
  return typeof value?.text === "string" ? value.text.trim().slice(0, MOST_NOTICE) : "";
}

const CARDS = ["hint", "safety", "test"];

/**
 * A hint's head from its stream attributes; null when it is no hint that this page understands.
 *
 * @param {Record<string, string> | undefined} attributes
 */
export function parseHead(attributes) {
  const { v, hint_id: hintId, seq, card = "hint", heard_at: heardAt } = attributes ?? {};
  const number = Number(seq);
  if (v !== "1" || !hintId || !Number.isInteger(number) || number < 1) return null;
  const known = /** @type {Card} */ (CARDS.includes(card) ? card : "hint");
  return { seq: number, hintId, card: known, heardAt: Number(heardAt) || 0 };
}
