import { button, h } from "../lib/dom.js";
import { deskWords } from "../lib/words-desk.js";

/** Asks before a session is ended: nobody can take that back. */
export function endDialog() {
  /** @type {() => unknown} */
  let confirmed = () => undefined;
  const name = h("p", { class: "confirm-name" });
  const back = button("end-not", "button button-main", () => element.close(), deskWords.endNot);
  const end = button("end-now", "button", () => endNow(), deskWords.endNow);
  const warning = h("p", { id: "end-warning" }, deskWords.endWarning);
  const element = h(
    "dialog",
    { id: "end-dialog", class: "confirm", "aria-labelledby": "end-title", "aria-describedby": "end-warning" },
    h("h2", { id: "end-title" }, deskWords.endTitle),
    name,
    warning,
    h("div", { class: "confirm-choices" }, back, end),
  );

  function endNow() {
    element.close();
    confirmed();
  }

  /** @param {string} session its name @param {() => unknown} work */
  function ask(session, work) {
    name.textContent = session;
    confirmed = work;
    element.showModal();
  }

  return { element, ask };
}
