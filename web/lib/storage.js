/** @import { Role } from "./types.d.ts" */

/**
 * What a page remembers on this device: choices only, never a word of the session.
 *
 * @typedef {object} Choices
 * @property {string} name
 * @property {string} microphone
 * @property {string} camera
 * @property {string} speaker
 * @property {boolean} wantAudio
 * @property {boolean} wantVideo
 * @property {boolean} joinAtOnce
 * @property {boolean} large
 * @property {boolean} keys
 * @property {string} corner
 */

/** @type {Choices} */
const DEFAULTS = {
  name: "",
  microphone: "",
  camera: "",
  speaker: "",
  wantAudio: true,
  wantVideo: true,
  joinAtOnce: false,
  large: false,
  keys: true,
  corner: "bottom-right",
};

/** @param {Role} role */
export function openChoices(role) {
  const key = `silent-coach.${role}`;
  let choices = read(key);

  /** @param {Partial<Choices>} change */
  function remember(change) {
    choices = { ...choices, ...change };
    write(localStorage, key, choices);
  }

  return { get: () => choices, remember };
}

/** @typedef {ReturnType<typeof openChoices>} Memory */

/** @param {string} key @returns {Choices} */
function read(key) {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(key) ?? "{}") };
  } catch {
    return DEFAULTS;
  }
}

/** A full or forbidden storage costs the memory, not the call. @param {Storage} storage @param {string} key @param {unknown} value */
function write(storage, key, value) {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    return;
  }
}

const AGREED_KEY = "silent-coach.agreed";

/** Which consent text this tab's person agreed to, so that a reload needs no second reading. */
export function agreedVersion() {
  try {
    return String(JSON.parse(sessionStorage.getItem(AGREED_KEY) ?? '""'));
  } catch {
    return "";
  }
}

/** @param {string} version "" when the person no longer agrees */
export function rememberAgreed(version) {
  write(sessionStorage, AGREED_KEY, version);
}
