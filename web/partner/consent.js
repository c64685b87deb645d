/** @import { App } from "../lib/app.js" */
/** @import { PageState } from "../lib/types.d.ts" */
import { mustSend } from "../lib/state/consent.js";
import { agreedVersion } from "../lib/storage.js";
import { words } from "../lib/words.js";

/** Fetches what the partner is asked; who agreed to this very text in this tab is not asked again. @param {App} app */
export async function loadConsent({ api, store }) {
  try {
    const text = await api.consentText();
    store.dispatch({ type: "consent/text", text });
    if (agreedVersion() === text.version) store.dispatch({ type: "consent/choose", agreed: true });
  } catch {
    store.dispatch({ type: "consent/failed" });
  }
}

/** Brings the person's choice to the server until it stands there. @param {App} app */
export function tellConsent({ api, store }) {
  /** @param {PageState} state */
  return async function follow({ call, consent, now }) {
    if (call.connection !== "connected" || !mustSend(consent, call.me?.consent ?? "", now)) return;
    store.dispatch({ type: "consent/sending" });
    try {
      await api.consent(consent.choice === true, consent.text?.version ?? "");
      store.dispatch({ type: "consent/saved" });
    } catch {
      store.dispatch({ type: "consent/unsaved" });
      store.dispatch({ type: "notice/add", text: words.consentUnsaved, tone: "warn" });
    }
  };
}
