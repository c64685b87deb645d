/** @import { Step } from "./list.js" */
import { attribute, button, each, h, show, text } from "../lib/dom.js";
import { OUTCOME_WORDS, verdict } from "./list.js";

const WARNING =
  "The check joins the session for a moment. Whoever is in it on the same side steps back, so don't run it during a session.";

/**
 * The self-test page.
 *
 * @param {{ start: () => void, copy: () => void, role: string }} actions
 */
export function checkView({ start, copy, role }) {
  const list = h("ol", { id: "steps", class: "steps" });
  const sum = h("p", { id: "verdict", class: "lead", role: "status" });
  const run = button("start-check", "button button-main", start, "Start the check");
  const copyButton = button("copy-report", "button", copy, "Copy the report");
  const note = h("p", { class: "lead" }, `${WARNING} You are checking as ${role}.`);
  const other = role === "partner" ? "facilitator" : "partner";
  const change = h("p", {}, h("a", { href: `/check?as=${other}` }, `Check as ${other} instead`));
  const buttons = h("div", { class: "choices" }, run, copyButton);
  const element = h(
    "section",
    { id: "check", class: "card check-card" },
    h("h1", {}, "Check everything"),
    note,
    buttons,
    sum,
    list,
    change,
  );

  /** @param {Step[]} steps @param {boolean} running */
  function render(steps, running) {
    each(list, steps, (step) => step.id, stepItem, renderStep);
    text(sum, verdict(steps));
    attribute(run, "disabled", running);
    show(copyButton, verdict(steps) !== "");
    attribute(element, "data-state", running ? "running" : "idle");
  }

  return { element, render, say: (/** @type {string} */ words) => text(sum, words) };
}

/** @param {Step} step */
function stepItem(step) {
  const words = h("div", {}, h("strong", {}, step.label), h("p", { class: "step-detail" }));
  return h(
    "li",
    { class: "step", "data-testid": "step", "data-step": step.id },
    h("span", { class: "step-outcome" }),
    words,
  );
}

/** @param {HTMLElement} item @param {Step} step */
function renderStep(item, step) {
  const [outcome, detail] = [item.querySelector(".step-outcome"), item.querySelector(".step-detail")];
  attribute(item, "data-outcome", step.outcome);
  if (outcome) text(outcome, OUTCOME_WORDS[step.outcome]);
  if (detail) text(detail, step.detail);
}
