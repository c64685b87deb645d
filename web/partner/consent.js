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

/** Brings the person's choice to the server until it stands there. @param {App} app */
export function tellConsent(app) {
  const { api, store } = app;
  /** @param {PageState} state */
  return async function follow({ call, consent, now }) {
    if (call.connection !== "connected" || !mustSend(consent, call.me?.consent ?? "", now)) return;
    store.dispatch({ type: "consent/sending" });
    try {
      const agreed = consent.choice === true;
      await api.consent(agreed, consent.text?.version ?? "", consent.keep);
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
