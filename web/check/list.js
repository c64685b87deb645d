/** @typedef {"waiting" | "running" | "ok" | "warn" | "fail" | "skipped"} Outcome */
/** @typedef {{ id: string, label: string, outcome: Outcome, detail: string }} Step */
/** @typedef {{ outcome: Outcome, detail: string }} Finding */

/** @type {[string, string][]} */
const STEPS = [
  ["page", "This page and browser"],
  ["server", "The session's server"],
  ["microphone", "Microphone"],
  ["camera", "Camera"],
  ["token", "Ticket to the room"],
  ["call", "Joining the call"],
  ["path", "Way of sound and video"],
  ["coach", "The coach is there"],
  ["data", "Data both ways"],
];

/** @returns {Step[]} */
export function freshSteps() {
  return STEPS.map(([id, label]) => ({ id, label, outcome: "waiting", detail: "" }));
}

/** @param {Step[]} steps @param {string} id @param {Finding} finding */
export function withFinding(steps, id, finding) {
  return steps.map((step) => (step.id === id ? { ...step, ...finding } : step));
}

export const OUTCOME_WORDS = {
  waiting: "Not yet",
  running: "Checking…",
  ok: "Good",
  warn: "Look",
  fail: "Problem",
  skipped: "Skipped",
};

/** One sentence for the whole. @param {Step[]} steps */
export function verdict(steps) {
  if (steps.some((step) => step.outcome === "waiting" || step.outcome === "running")) return "";
  if (steps.some((step) => step.outcome === "fail")) return "Something is in the way. See below what helps.";
  const alone = steps.some((step) => step.id === "token" && step.outcome === "skipped");
  const worthALook = steps.some((step) => step.outcome === "warn");
  if (alone)
    return worthALook
      ? "One thing here is worth a look. The call itself opens only with a link."
      : "All good on your side. The call itself opens only with a link.";
  if (worthALook) return "You can join. One thing is worth a look.";
  return "All good: you can join.";
}

/** The same as text, to send to whoever helps. @param {Step[]} steps @param {Date} at @param {string} browser */
export function reportText(steps, at, browser) {
  const lines = steps.map(
    (step) => `${OUTCOME_WORDS[step.outcome]}: ${step.label}${step.detail && ` (${step.detail})`}`,
  );
  return [`Check of ${at.toISOString()}`, ...lines, browser].join("\n");
}
