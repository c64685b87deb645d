/** @import { App } from "../lib/app.js" */
/** @import { PageState } from "../lib/types.d.ts" */
import { ApiError } from "../lib/api.js";
import { mustSend } from "../lib/state/consent.js";
import { agreedVersion, rememberAgreed } from "../lib/storage.js";
import { words } from "../lib/words.js";

/** Fetches what the partner is asked; who agreed to this very text in this tab is not asked again. @param {App} app */
export async function loadConsent({ api, store }) {
  try {
    const text = await api.consentText();
    store.dispatch({ type: "consent/text", text });
    if (agreedVersion() === text.version)
      store.dispatch({ type: "consent/choose", agreed: true, keep: null });
  } catch {
    store.dispatch({ type: "consent/failed" });
  }
}

const PATIENCE_MS = 200;

/** Brings the person's choice to the server until it stands there. A no holds at once: where the server doesn't answer, the coach itself is asked to pause. @param {App} app */
export function tellConsent(app) {
  const { api, store } = app;
  /** @param {PageState} state */
  return async function follow({ call, consent, now }) {
    const recorded = call.me?.consent ?? "";
    if (call.connection !== "connected" || !mustSend(consent, recorded, now)) return;
    const agreed = consent.choice === true;
    const heard = !agreed && recorded === "granted";
    const hush = heard ? setTimeout(app.actions.pauseCoach, PATIENCE_MS) : undefined;
    store.dispatch({ type: "consent/sending" });
    try {
      await api.consent(agreed, consent.text?.version ?? "", consent.keep);
      clearTimeout(hush);
      store.dispatch({ type: "consent/saved", agreed });
    } catch (error) {
      if (error instanceof ApiError && error.code === "consent_outdated") await readAgain(app);
      else unsaved(app);
    }
  };
}

/** @param {App} app */
function unsaved({ store }) {
  store.dispatch({ type: "consent/unsaved" });
  store.dispatch({ type: "notice/add", text: words.consentUnsaved, tone: "warn" });
}

/** The text has changed since it was read: an old yes counts for nothing. @param {App} app */
async function readAgain(app) {
  rememberAgreed("");
  app.store.dispatch({ type: "consent/forget" });
  await loadConsent(app);
  app.store.dispatch({ type: "consent/review", open: true });
}
