/** @import { Session } from "./list.js" */
import { copyText } from "../lib/clipboard.js";
import { attribute, byId, show, text } from "../lib/dom.js";
import { saveFile } from "../lib/files.js";
import { call, post, ApiError } from "../lib/http.js";
import { endedWords, staleWords } from "../lib/words-desk.js";
import { words } from "../lib/words.js";
import { endDialog } from "./confirm.js";
import { sessionList } from "./list.js";

const REFRESH_MS = 5000;

const confirm = endDialog();
const list = sessionList({
  admit: (session, seat, code) => act(`${session}/seats/${seat}/admit`, { code }),
  revoke: (session, seat) => act(`${session}/seats/${seat}/revoke`, {}),
  end: (session, name) => confirm.ask(name, () => end(session)),
  erase: (session) => act(`${session}/erase`, {}),
  text: (session) =>
    attempt(async () => {
      const kept = await call(`/api/sessions/${session}/text`);
      saveFile(`${session}.json`, `${JSON.stringify(kept, null, 2)}\n`, "application/json");
    }),
  renew: (session, role) =>
    attempt(async () => {
      const { link } = await post(`/api/sessions/${session}/links`, { role });
      showLinks({ [role]: link });
      await refresh();
    }),
});
byId("sessions").append(list.element, confirm.element);

/** @typedef {"info" | "warn"} Tone */

/** @param {string} id @param {string} sentence @param {Tone} [tone] */
function say(id, sentence, tone = "warn") {
  text(byId(id), sentence);
  attribute(byId(id), "data-tone", tone);
  show(byId(id), sentence !== "");
}

/** Does it, and says why when it failed; who is not signed in goes to sign in. @param {() => Promise<unknown>} work @param {(why: string) => void} tell */
async function trying(work, tell) {
  tell("");
  try {
    await work();
  } catch (error) {
    if (error instanceof ApiError && error.code === "not_signed_in") location.assign("/sign-in");
    else tell(error instanceof Error ? error.message : String(error));
  }
}

/** What the facilitator asked for. @param {() => Promise<unknown>} work */
function attempt(work) {
  return trying(work, (why) => say("answer", why));
}

/** @param {string} path @param {object} body */
function act(path, body) {
  return attempt(async () => {
    await post(`/api/sessions/${path}`, body);
    await refresh();
  });
}

/** @param {string} session */
function end(session) {
  return attempt(async () => {
    const { text_erased } = await post(`/api/sessions/${session}/end`, {});
    say("answer", endedWords(text_erased), "info");
    await refresh();
  });
}

/** A failure stays on the page until the list is up to date again. */
async function refresh() {
  let problem = "";
  await trying(read, (why) => (problem = why));
  say("stale", problem && staleWords(problem));
}

async function read() {
  const { sessions } = /** @type {{ sessions: Session[] }} */ (await call("/api/sessions"));
  list.render(sessions);
  show(byId("none"), sessions.length === 0);
}

/** Links are shown once: the server keeps no copy. @param {Record<string, string>} links */
function showLinks(links) {
  for (const role of ["partner", "facilitator"]) {
    const field = /** @type {HTMLInputElement} */ (byId(`${role}-link`));
    field.value = links[role] ?? "";
    show(byId(`${role}-row`), field.value !== "");
  }
  const open = /** @type {HTMLAnchorElement} */ (byId("open"));
  open.href = links.facilitator ?? "";
  show(byId("links"), true);
}

byId("new-session").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
  attempt(async () => {
    const wanted = { name: String(form.get("name") ?? "").trim(), hours: Number(form.get("hours")) };
    showLinks((await post("/api/sessions", wanted)).links);
    await refresh();
  });
});

for (const role of ["partner", "facilitator"])
  byId(`copy-${role}`).addEventListener("click", async () => {
    const field = /** @type {HTMLInputElement} */ (byId(`${role}-link`));
    const copied = await copyText(field.value);
    say("answer", copied ? words.copied : words.copyFailed, copied ? "info" : "warn");
  });

byId("sign-out").addEventListener("click", () =>
  attempt(async () => {
    await post("/api/sign-out", {});
    location.assign("/sign-in");
  }),
);

setInterval(() => document.hidden || refresh(), REFRESH_MS);
await refresh();
