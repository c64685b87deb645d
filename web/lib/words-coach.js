/** @import { Agent, CoachStatus, NoteState, Person, PrivacyState } from "./types.d.ts" */

/** @type {Record<string, string>} */
const STATES = {
  waiting_for_partner: "Waiting for your partner to join",
  waiting_for_consent: "Waiting for your partner's consent",
  listening: "Listening to your partner",
  thinking: "Thinking…",
  paused: "Paused",
  stopped: "The coach is off",
  degraded: "The coach has trouble",
};

/** @type {Record<string, string>} */
const REASONS = {
  partner_muted: "your partner's microphone is off",
  microphone_coming: "connecting to your partner's microphone",
  no_consent: "your partner chose to go without the coach",
  consent_withdrawn: "your partner withdrew consent",
  paused_by_partner: "your partner paused the coach",
  paused_by_facilitator: "you paused the coach",
  push_released: "hold L to let it listen",
  long_silence: "a long silence: staying with it",
  held_by_pace: "holding back to keep the pace",
  small_talk: "small talk: nothing to add",
  nothing_to_add: "nothing useful to add",
  unclear_speech: "the last words were unclear",
  late: "the last hint came too late and was dropped",
  rate_limited: "the AI service asks it to slow down",
  stt_key_refused: "speech recognition refuses the key: tell your operator",
  llm_key_refused: "the language model refuses the key: tell your operator",
  stt_unreachable: "speech recognition can't be reached",
  llm_unreachable: "the language model can't be reached",
  stt_failing: "speech recognition has a fault of its own",
  llm_failing: "the language model has a fault of its own",
  stt_cut: "speech recognition broke off its answer",
  llm_cut: "the language model broke off its answer",
  stt_garbled: "speech recognition answers with rubbish",
  llm_garbled: "the language model answers with rubbish",
  stt_insecure: "the connection to speech recognition is not secure: tell your operator",
  llm_insecure: "the connection to the language model is not secure: tell your operator",
  stt_refused: "speech recognition refuses the request: tell your operator",
  llm_refused: "the language model refuses the request: tell your operator",
  stt_slow: "speech recognition is slow",
  llm_slow: "the language model is slow",
  model_not_found: "the model's name is unknown: tell your operator",
  not_saved: "hints are shown but can't be saved",
  time_limit: "the session has reached its longest time: the coach has ended, the call goes on",
  cost_limit: "the session has reached its cost limit: the coach has ended, the call goes on",
  calls_limit: "the coach has asked the model as often as it may this minute",
  draining: "the coach is restarting; the call goes on",
};

const NO_NOTE = "The coach doesn't answer. Try again in a moment.";
/** @type {Record<string, string>} */
const NOTE_REASONS = {
  nothing_heard: "Nothing was said yet that the coach may know of.",
  not_saved: "The coach could not look back: its store doesn't answer.",
};

/** @type {Record<string, string>} */
const NO_HINT_REASONS = {
  nothing_heard: "nothing was heard yet that it could rest on",
  waiting_for_partner: "your partner is not here yet",
  waiting_for_consent: "your partner has not agreed to the coach yet",
  no_consent: "your partner has not agreed to the coach",
  paused: "the coach is paused",
  stopped: "the coach is off",
  duplicate: "nothing new to add",
  late: "it would have come too late",
};

/** What the note's window says of it. @param {NoteState} note */
export function noteWords({ stage, reason }) {
  if (stage === "writing") return "Writing…";
  if (stage === "ready")
    return "Change what you like, then download or discard it. What you change is on this page alone.";
  if (stage === "failed")
    return NOTE_REASONS[reason] ?? (REASONS[reason] ? `No note: ${REASONS[reason]}.` : NO_NOTE);
  return "The coach can write a short note on the session so far, from your partner's words and your hints. Only you see it.";
}

/** Why "Hint now" brought no hint. @param {string} reason */
export function noHintWords(reason) {
  const why = NO_HINT_REASONS[reason] ?? REASONS[reason];
  return why ? `No hint now: ${why}.` : "No hint now: nothing came that is worth showing. Try again later.";
}

/** @type {Record<string, string>} */
const UNMADE_REASONS = {
  unreachable: "The server did not answer in time. Check your internet connection, then try again.",
  too_many_requests: "It was asked for too often. Try again in a few minutes.",
  not_signed_in: "It is for the facilitator: open this page by your own link, or sign in.",
};

/** Why the privacy self-test could not be made. @param {string} code the server's own word, empty when what answered is not it @param {string} sentence */
export function unmadeWords(code, sentence) {
  return UNMADE_REASONS[code] ?? (code ? sentence : "The server has trouble. Try again in a moment.");
}

/** What the privacy self-test says. @param {PrivacyState} privacy */
export function privacyWords({ stage, found, remedy }) {
  if (stage === "checking")
    return "Testing: a test partner listens in a room of its own while a test hint is sent. About ten seconds…";
  if (stage === "kept") return `0 bytes reached the partner: ${found}.`;
  if (stage === "failed")
    return [`The test did not pass: ${found}.`, remedy && `${remedy}.`].filter(Boolean).join(" ");
  if (stage === "unmade") return `The test could not be made, so it says nothing either way. ${found}`;
  return "";
}

/** The status line: what the coach is doing and, when it is quiet, why. @param {CoachStatus} status */
export function statusLine(status) {
  const state = STATES[status.state] ?? status.state;
  const open = status.state === "waiting_for_consent";
  const reason = !open && status.reason && (REASONS[status.reason] ?? status.reason);
  return reason ? `${state} — ${reason}` : state;
}

const AT_WORK = ["listening", "thinking"];
/** What a coach at work may add that is worth saying aloud; its other reasons come and go with every turn. */
const WORTH_SAYING = ["partner_muted", "not_saved", "draining"];

/** What a screen reader is told of the status: the same words for as long as the coach just does its work. @param {CoachStatus} status */
export function statusSpoken(status) {
  if (!isEveryday(status)) return `Coach: ${statusLine(status)}.`;
  return status.listening === "push"
    ? "Coach: it listens while you hold L."
    : "Coach: listening to your partner.";
}

/** @param {CoachStatus} status */
function isEveryday({ state, reason }) {
  return reason === "push_released" || (AT_WORK.includes(state) && !WORTH_SAYING.includes(reason));
}

/**
 * What the partner is told, never more than is so: the coach hears only with consent, with a
 * microphone that is on, and while it is there.
 *
 * @param {Agent | null} agent
 * @param {Person | null} me
 * @param {boolean} connected
 * @returns {{ state: "listening" | "paused" | "off", text: string }}
 */
export function indicator(agent, me, connected) {
  if (!connected || !agent || me?.consent !== "granted") return { state: "off", text: "The coach is off" };
  if (agent.state === "paused") return { state: "paused", text: "The coach is paused" };
  if (agent.state !== "listening") return { state: "off", text: "The coach is off" };
  if (!me.micOn) return { state: "paused", text: "Your microphone is off: the coach hears nothing" };
  return { state: "listening", text: "The coach is listening to you" };
}

export const PACES = /** @type {const} */ ([
  ["quiet", "Few"],
  ["balanced", "Balanced"],
  ["lively", "More"],
]);

export const CARD_WORDS = { hint: "", safety: "Safety", test: "Test hint, not from the session" };

export const VERDICT_WORDS = { used: "Used", not_now: "Not now", fewer: "Fewer" };
