/** @import { DeviceKind, EndReason, MediaFailure, Quality } from "./types.d.ts" */

/** What the pages say to people, in one place so that one thing has one name. */
export const words = {
  brand: "No Bad Parts • alpha",
  rehearsal: "Rehearsal: offline recogniser and rule-based hints, not AI",
  waitingForHints: "Waiting for AI hints…",
  nextHint: "The next hint will stand here.",
  hintCut: "This hint was cut off.",
  offline: "AI offline — continue as normal.",
  silentMicrophone: "Your microphone seems silent. Say something, or choose another one.",
  soundBlocked: "Your browser holds back the sound.",
  allowSound: "Turn on sound",
  weakNetwork: "The network is weak, so video is paused. Sound goes on.",
  reconnecting: "Reconnecting… stay on this page.",
  reconnected: "Reconnected.",
  lost: "Connection lost. Coming back by itself…",
  tryNow: "Try now",
  hintsCovered: "Hints are covered while you share your screen, so that they stay yours alone.",
  stillPaused: "The other person has paused the coach too, so it stays paused.",
  safetyCovered: "A safety note is waiting. It is covered while you share your screen.",
  coachSilent: "The coach did not answer. Try again in a moment.",
  pauseUnanswered: "The coach did not answer. To be sure, turn off your microphone.",
  consentUnsaved: "Your answer could not be saved, so the coach stays off. Trying again…",
  consentUnread: "The explanation could not be loaded, so the coach stays off. You can join without it.",
  chatNote: "Between the two of you: the coach doesn't read it, and nothing is kept.",
  chatFailed: "Not sent. Try again.",
  publishFailed: "Your picture or sound did not get through. Turn camera and microphone off and on again.",
  shareFailed: "The screen could not be shared.",
  copied: "Copied.",
  copyFailed: "Copying is not allowed here.",
};

/** @type {Record<string, { title: string, help: string }>} */
const JOIN_PROBLEMS = {
  server_unreachable: {
    title: "The session's server can't be reached.",
    help: "Check your internet connection and try again.",
  },
  server_trouble: {
    title: "The session can't be opened just now.",
    help: "The fault is the server's, not your connection's. Wait a moment, then try again.",
  },
  restarting: {
    title: "The session's server is restarting.",
    help: "Your link is still good. Try again in a minute.",
  },
  too_many_requests: {
    title: "There were too many tries in a short time.",
    help: "Wait a minute, then try again.",
  },
  livekit_unconfigured: {
    title: "The call's server is not set up yet.",
    help: "Tell whoever invited you: only the operator can mend this.",
  },
  livekit_unreachable: {
    title: "The call's server can't be reached.",
    help: "A firewall or VPN may be in the way. Try another network, then try again.",
  },
  media_path: {
    title: "Sound and video found no way through.",
    help: "A strict firewall or VPN is likely. Try another network, or a phone's hotspot.",
  },
  call_refused: {
    title: "The call did not let this page in.",
    help: "Reload the page and try again. If it stays like this, tell whoever invited you.",
  },
  invitation_missing: {
    title: "A session opens with a link of its own.",
    help: "Open the whole link as it was sent to you. If it doesn't open the session, ask for a new one.",
  },
  invitation_invalid: {
    title: "This link is not valid any more.",
    help: "Ask for a new one.",
  },
  invitation_expired: {
    title: "This link has expired.",
    help: "Ask for a new one.",
  },
  invitation_revoked: {
    title: "This link was withdrawn.",
    help: "A newer one may have been sent to you: open that one, or ask for a new one.",
  },
  session_ended: {
    title: "This session has ended.",
    help: "Its links open nothing any more. For another session you need a new link.",
  },
  unknown_room: {
    title: "This link is for another session.",
    help: "Open the link as it was sent to you, in a new tab.",
  },
  unknown_identity: {
    title: "This link is for the other person.",
    help: "Open the link that was sent to you, or ask for one of your own.",
  },
  seat_taken: {
    title: "This link is in use on another device.",
    help: "Tell your facilitator this code, and press the button again once you are admitted:",
  },
  refused: {
    title: "The server did not let this page in.",
    help: "Reload the page and try again. If it stays like this, tell whoever invited you.",
  },
};

/** @param {string} problem its key, and after a space what to add to its help */
export function joinProblem(problem) {
  const [key = "", detail = ""] = problem.split(" ");
  const found = JOIN_PROBLEMS[key];
  if (!found) return { title: "Joining didn't work.", help: "Reload the page and try again." };
  return { title: found.title, help: `${found.help} ${detail}`.trim() };
}

const DEVICE = { audio: "microphone", video: "camera" };

/** @type {Record<MediaFailure, (device: string) => { title: string, help: string }>} */
const MEDIA_FAILURES = {
  denied: (device) => ({
    title: `This site may not use your ${device}.`,
    help: `Press the icon left of the address, allow the ${device}, then try again.`,
  }),
  denied_by_system: (device) => ({
    title: `Your computer keeps the ${device} from the browser.`,
    help: `Allow the ${device} for this browser in your system's privacy settings, then try again.`,
  }),
  none: (device) => ({
    title: `No ${device} was found.`,
    help: "Plug one in or turn it on, then try again.",
  }),
  in_use: (device) => ({
    title: `Another program is using the ${device}.`,
    help: "Close other calls and recorders, then try again.",
  }),
  insecure: (device) => ({
    title: `Browsers give the ${device} to secure pages only.`,
    help: "Open this page by an address that starts with https://.",
  }),
  unsupported: (device) => ({
    title: `This browser offers no ${device}.`,
    help: "Use a recent Chrome, Edge, Firefox or Safari.",
  }),
  other: (device) => ({
    title: `The ${device} did not start.`,
    help: "Unplug it and plug it in again, or choose another one.",
  }),
};

/** What went wrong with a device and what to do. @param {DeviceKind} kind @param {MediaFailure} failure */
export function mediaFailure(kind, failure) {
  return MEDIA_FAILURES[failure](DEVICE[kind]);
}

/** The same in one breath, for during the call. @param {DeviceKind} kind @param {MediaFailure} failure */
export function mediaNotice(kind, failure) {
  const { title, help } = mediaFailure(kind, failure);
  return `${title} ${help}`;
}

/** @type {Record<EndReason, { title: string, help: string, again: string }>} */
const ENDINGS = {
  left: { title: "You have left the session.", help: "Camera and microphone are off.", again: "Join again" },
  duplicate: {
    title: "This session is open in another tab.",
    help: "Only one page at a time can hold your place, so this one stepped back.",
    again: "Use this tab instead",
  },
  removed: {
    title: "You were removed from the session.",
    help: "If that was a mistake, ask to be let in again.",
    again: "",
  },
  room_closed: { title: "The session has ended.", help: "Thank you for being here.", again: "Join again" },
};

/** @param {EndReason} reason */
export function ending(reason) {
  return ENDINGS[reason];
}

/** @type {Record<Quality, string>} */
const QUALITIES = {
  excellent: "Connection good",
  good: "Connection good",
  poor: "Connection weak",
  lost: "Connection lost",
  unknown: "Connection unknown",
};

/** @param {Quality} quality */
export function qualityWords(quality) {
  return QUALITIES[quality];
}

/** How long ago, short. @param {number} ms */
export function age(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 2) return "just now";
  return seconds < 60 ? `${seconds} s ago` : `${Math.floor(seconds / 60)} min ago`;
}
