/** @typedef {{ url: string, key: string }} Supabase */

const TIMEOUT_MS = 10_000;

/** Asks Supabase to send a link that leads back to this page. No account is made. @param {Supabase} supabase @param {string} email */
export async function askForLink({ url, key }, email) {
  const back = encodeURIComponent(location.origin + location.pathname);
  const answer = await fetch(`${url}/auth/v1/otp?redirect_to=${back}`, {
    method: "POST",
    headers: { apikey: key, "Content-Type": "application/json" },
    body: JSON.stringify({ email, create_user: false }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  if (!answer) throw new Error("The sign-in service can't be reached. Try again in a moment.");
  if (answer.status === 429) throw new Error("Too many links were asked for. Wait a minute.");
  if (answer.status >= 500) throw new Error("The sign-in service has a problem. Try again in a moment.");
}

/** The token that a link from the e-mail brought in the address, which is cleaned at once. */
export function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("access_token");
  if (location.hash) history.replaceState(null, "", location.pathname);
  return token;
}
