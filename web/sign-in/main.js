import { call, post } from "../lib/http.js";
import { byId, show, text } from "../lib/dom.js";
import { askForLink, takeToken } from "./supabase.js";

/** @typedef {{ signed_in: string | null, access_key: boolean, supabase: import("./supabase.js").Supabase | null }} SignIn */

const keyForm = /** @type {HTMLFormElement} */ (byId("key-form"));
const linkForm = /** @type {HTMLFormElement} */ (byId("link-form"));
const keyField = /** @type {HTMLInputElement} */ (byId("access-key"));
const mailField = /** @type {HTMLInputElement} */ (byId("email"));

/** @param {string} words */
function say(words) {
  text(byId("answer"), words);
  show(byId("answer"), words !== "");
}

/** Does what a form or button asks for, once at a time, and says why it failed. @param {() => Promise<void>} work */
async function attempt(work) {
  const buttons = [...document.querySelectorAll("button")];
  buttons.forEach((each) => (each.disabled = true));
  say("");
  try {
    await work();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  } finally {
    buttons.forEach((each) => (each.disabled = false));
  }
}

/** @param {SignIn} state */
function render({ signed_in, access_key, supabase }) {
  show(keyForm, signed_in === null && access_key);
  show(linkForm, signed_in === null && supabase !== null);
  show(byId("nowhere"), signed_in === null && !access_key && supabase === null);
  show(byId("inside"), signed_in !== null);
  text(byId("who"), signed_in === null ? "" : `You are signed in: ${signed_in}.`);
}

async function refresh() {
  const state = /** @type {SignIn} */ (await call("/api/sign-in"));
  render(state);
  return state;
}

/** @param {object} proof */
async function enter(proof) {
  await post("/api/sign-in", proof);
  keyField.value = "";
  await refresh();
}

keyForm.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(() => enter({ access_key: keyField.value.trim() }));
});

linkForm.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    const { supabase } = await refresh();
    if (supabase) await askForLink(supabase, mailField.value.trim());
    say("If this address may sign in, a link is on its way to it.");
  });
});

byId("sign-out").addEventListener("click", () =>
  attempt(async () => {
    await post("/api/sign-out", {});
    await refresh();
  }),
);

const token = takeToken();
await attempt(async () => {
  if (token) await enter({ token });
  else await refresh();
});
byId("app").dataset.ready = "true";
