/** Whether the page was opened for an operator: ?debug=1. */
export function isDebugging() {
  return new URLSearchParams(location.search).get("debug") === "1";
}

const SECRET_KEYS = new Set(["identity", "name", "room", "from", "session"]);

/** A report without anything that tells who or where. @param {unknown} value @returns {unknown} */
export function redact(value) {
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, each]) => [key, isSecret(key, each) ? "…" : redact(each)]));
}

/** @param {string} key @param {unknown} value */
function isSecret(key, value) {
  return SECRET_KEYS.has(key) && typeof value === "string";
}
