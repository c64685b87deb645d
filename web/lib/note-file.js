/** @import { NoteState } from "./types.d.ts" */

import { figureRows } from "./figures.js";

/** @type {[string, string][]} */
export const NOTE_HEADINGS = [
  ["themes", "Themes"],
  ["parts", "Parts, in your partner's words"],
  ["helped", "What helped"],
  ["open", "Open for next time"],
];

/** @param {NoteState} note */
export function markdown(note) {
  const blocks = NOTE_HEADINGS.map(([heading, title]) => {
    const lines = itemsOf(note.texts[heading]).map((line) => `- ${line}`);
    return [`## ${title}`, ...(lines.length > 0 ? lines : ["–"])].join("\n");
  });
  return [`# Session note, ${day(note)}`, ...blocks, ...figuresBlock(note)].join("\n\n") + "\n";
}

/** @param {NoteState} note */
export function json(note) {
  const items = NOTE_HEADINGS.map(([heading]) => [heading, itemsOf(note.texts[heading])]);
  const figures = note.figures && { figures: note.figures };
  return JSON.stringify({ date: day(note), ...Object.fromEntries(items), ...figures }, null, 2) + "\n";
}

/** @param {NoteState} note */
export function noteName(note) {
  return `session-note-${day(note)}`;
}

/** @param {NoteState} note */
function figuresBlock({ figures }) {
  if (!figures) return [];
  return [["## In figures", ...figureRows(figures).map(([name, value]) => `- ${name}: ${value}`)].join("\n")];
}

/** @param {string | undefined} text */
function itemsOf(text) {
  return (text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** @param {NoteState} note */
function day(note) {
  return new Date(note.at).toISOString().slice(0, 10);
}
