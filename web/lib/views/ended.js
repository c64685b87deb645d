/** @import { Actions } from "../actions.js" */
/** @import { PageState } from "../types.d.ts" */
import { h, show, text } from "../dom.js";
import { ending } from "../words.js";

/** After the call: why it is over, and the way back. @param {Actions} actions */
export function endedView(actions) {
  const title = h("h1");
  const help = h("p", { class: "lead" });
  const again = h("button", {
    id: "rejoin",
    class: "button button-main",
    type: "button",
    onclick: actions.rejoin,
  });
  const element = h(
    "section",
    { id: "ended", class: "card ended", tabindex: -1, hidden: true },
    title,
    help,
    again,
  );
  let wasVisible = false;

  /** @param {PageState} state */
  function render({ call }) {
    const visible = call.phase === "ended" && call.end !== null;
    show(element, visible);
    if (call.end) {
      const said = ending(call.end);
      text(title, said.title);
      text(help, said.help);
      text(again, said.again);
      show(again, said.again !== "");
    }
    if (visible && !wasVisible) element.focus();
    wasVisible = visible;
  }

  return { element, render };
}
