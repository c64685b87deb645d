/** @import { Info } from "../lib/types.d.ts" */

/** @typedef {{ signed_in: string | null, access_key: boolean, supabase: object | null }} SignIn */
/** @typedef {{ open: boolean, desk: "" | "/sessions" | "/sign-in" }} Doors */

/**
 * Which ways in there are: without open access only a link opens a session, and the desk is for who
 * is signed in or can be. What could not be asked for is null.
 *
 * @param {Info | null} info
 * @param {SignIn | null} signIn
 * @returns {Doors}
 */
export function doorsOf(info, signIn) {
  const open = info?.open ?? false;
  if (signIn?.signed_in) return { open, desk: "/sessions" };
  return { open, desk: signIn?.access_key || signIn?.supabase ? "/sign-in" : "" };
}
