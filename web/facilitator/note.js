/** @import { CoachActions } from "./actions.js" */
/** @import { Figures, NoteState, PageState } from "../lib/types.d.ts" */
import { attribute, button, h, show, text } from "../lib/dom.js";
import { figureRows } from "../lib/figures.js";
import { icon } from "../lib/icons.js";
import { NOTE_HEADINGS } from "../lib/note-file.js";
import { noteWords } from "../lib/words-coach.js";

/** The note on the session: asked for in the call, edited and downloaded here. @param {CoachActions} actions */
export function noteView(actions) {
  const dialog = noteDialog(actions);
  const open = button("open-note", "button", dialog.open, "Open the session note");
  const after = h(
    "section",
    { class: "card note-after" },
    h("p", {}, "Your note is on this page: download it, or it is gone."),
    open,
  );
  const element = h("div", {}, after, dialog.element);
  addEventListener("beforeunload", (event) => dialog.unsaved() && event.preventDefault());

  /** @param {PageState} state */
  function render({ call, note }) {
    show(after, call.phase === "ended" && note.stage === "ready");
    dialog.render(note);
  }

  return { element, render, open: dialog.open };
}

/** @param {CoachActions} actions */
function noteDialog(actions) {
  const close = button("close-note", "round", () => element.close(), icon("close"));
  attribute(close, "aria-label", "Close the note");
  const told = h("p", { id: "note-status", role: "status" });
  const fields = NOTE_HEADINGS.map(([heading, title]) => noteField(heading, title, actions.editNote));
  const form = h("div", { class: "note-fields" }, ...fields.map((field) => field.element));
  const figures = noteFigures();
  const tools = noteTools(actions);
  const head = h("header", {}, h("h2", { id: "note-title" }, "Session note"), close);
  const about = { id: "note-dialog", class: "settings note", "aria-labelledby": "note-title" };
  const element = h("dialog", about, head, told, form, figures.element, tools.element);
  let unsaved = false;

  /** @param {NoteState} note */
  function render(note) {
    unsaved = note.stage === "ready" && !note.kept;
    text(told, noteWords(note));
    show(form, note.stage === "ready");
    attribute(element, "data-stage", note.stage);
    for (const field of fields) field.render(note);
    figures.render(note);
    tools.render(note);
  }

  return { element, render, open: () => element.showModal(), unsaved: () => unsaved };
}

/** @param {CoachActions} actions */
function noteTools(actions) {
  const write = button("write-note", "button button-main", actions.writeNote, "Write the note");
  const kept = [
    button("note-markdown", "button", () => actions.downloadNote("md"), "Download as Markdown"),
    button("note-json", "button", () => actions.downloadNote("json"), "Download as JSON"),
    button("discard-note", "button", actions.discardNote, "Discard"),
  ];
  /** @param {NoteState} note */
  function render({ stage }) {
    show(write, stage !== "ready");
    attribute(write, "disabled", stage === "writing");
    for (const one of kept) show(one, stage === "ready");
  }
  return { element: h("div", { class: "note-tools" }, write, ...kept), render };
}

function noteFigures() {
  const list = h("dl", { id: "note-figures" });
  const element = h("section", { class: "note-figures" }, h("h3", {}, "In figures"), list);
  /** @type {Figures | null} */
  let drawn = null;

  /** @param {NoteState} note */
  function render({ figures }) {
    show(element, figures !== null);
    if (figures && figures !== drawn) list.replaceChildren(...figureRows(figures).flatMap(termAndValue));
    drawn = figures;
  }

  return { element, render };
}

/** @param {[string, string]} row */
function termAndValue([name, value]) {
  return [h("dt", {}, name), h("dd", {}, value)];
}

/** @param {string} heading @param {string} title @param {(heading: string, text: string) => void} edit */
function noteField(heading, title, edit) {
  const id = `note-${heading}`;
  const area = h("textarea", { id, rows: 3, oninput: () => edit(heading, area.value) });
  /** @param {NoteState} note */
  function render({ texts }) {
    const wanted = texts[heading] ?? "";
    if (area.value !== wanted) area.value = wanted;
  }
  return { element: h("p", {}, h("label", { for: id }, title), area), render };
}
