/** When a JWT ends, in milliseconds of Date.now(); 0 when it doesn't say. The signature is the server's business. @param {string} token */
export function tokenExpiry(token) {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    return Number(JSON.parse(atob(payload)).exp) * 1000 || 0;
  } catch {
    return 0;
  }
}
