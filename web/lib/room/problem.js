import { ApiError } from "../http.js";

/** Why joining failed, as a key of the words for people. */
export class JoinProblem extends Error {}

/** The server's own words for which the page has words, too. */
const KNOWN = [
  "restarting",
  "too_many_requests",
  "livekit_unconfigured",
  "invitation_missing",
  "invitation_invalid",
  "invitation_expired",
  "invitation_revoked",
  "session_ended",
  "unknown_room",
  "unknown_identity",
];

const FINAL = [
  "call_refused",
  "invitation_missing",
  "invitation_invalid",
  "invitation_expired",
  "invitation_revoked",
  "session_ended",
  "unknown_room",
  "unknown_identity",
  "seat_taken",
];

/** The key of the words for what went wrong; that of a taken seat brings this device's code. @param {unknown} error */
export function problemOf(error) {
  if (error instanceof JoinProblem) return error.message;
  if (!(error instanceof ApiError)) return "unknown";
  if (error.status === 0) return "server_unreachable";
  if (error.code === "seat_taken") return `seat_taken ${deviceCode(error.message)}`;
  if (KNOWN.includes(error.code)) return error.code;
  return error.status >= 500 ? "server_trouble" : "refused";
}

/** Whether trying again by itself brings nothing: a person has to do something first. @param {string} problem */
export function isFinal(problem) {
  return FINAL.includes(problem.split(" ")[0] ?? "");
}

/** The code by which the facilitator knows this device; the server's sentence ends with it. @param {string} message */
function deviceCode(message) {
  return message.split(" ").at(-1) ?? "";
}
