/** @import { Figures } from "../lib/types.d.ts" */
import { button, each, h, show, text } from "../lib/dom.js";
import { figuresView } from "./figures.js";

/**
 * @typedef {"partner" | "facilitator"} Role
 * @typedef {{ seat_id: string, role: Role, standing: string, claimed_at: number | null, waiting: string[] }} Seat
 * @typedef {Partial<Record<Role | "coach", number>>} Here since when
 * @typedef {{ session_id: string, name: string, state: string, created_at: number, expires_at: number, seats: Seat[], here: Here | null, figures: Figures | null }} Session
 * @typedef {object} Deeds
 * @property {(session: string, seat: string, code: string) => unknown} admit
 * @property {(session: string, seat: string) => unknown} revoke
 * @property {(session: string, role: Role) => unknown} renew
 * @property {(session: string, name: string) => unknown} end
 * @property {(session: string) => unknown} text
 * @property {(session: string) => unknown} erase
 */

const ROLES = /** @type {const} */ (["partner", "facilitator"]);
const PEOPLE = /** @type {const} */ (["partner", "facilitator", "coach"]);
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** The facilitator's sessions, the newest first. @param {Deeds} deeds */
export function sessionList(deeds) {
  const element = h("ul", { class: "sessions" });
  /** @type {WeakMap<HTMLElement, ReturnType<typeof figuresView>>} */
  const figures = new WeakMap();

  /** @param {Session} session */
  function make(session) {
    const view = figuresView(session.session_id);
    const item = sessionItem(session, deeds, view.element);
    figures.set(item, view);
    return item;
  }

  /** @param {HTMLElement} item @param {Session} session */
  function update(item, session) {
    renderSession(item, session);
    figures.get(item)?.render(session.figures);
  }

  /** @param {Session[]} sessions */
  function render(sessions) {
    each(element, sessions, (session) => session.session_id, make, update);
  }

  return { element, render };
}

/** @param {Session} session @param {Deeds} deeds @param {HTMLElement} figures */
function sessionItem({ session_id, name }, deeds, figures) {
  return h(
    "li",
    { class: "session" },
    h("h2", { class: "session-name" }),
    h("p", { class: "session-times" }),
    h("p", { class: "session-here" }),
    ...ROLES.map((role) => seatRow(session_id, role, deeds)),
    h(
      "button",
      {
        class: "button button-small",
        type: "button",
        "data-do": "end",
        onclick: () => deeds.end(session_id, name),
      },
      "End and erase…",
    ),
    button(
      `text-${session_id}`,
      "button button-small",
      () => deeds.text(session_id),
      "Download what was kept",
    ),
    figures,
    button(`erase-${session_id}`, "button button-small", () => deeds.erase(session_id)),
  );
}

/** @param {string} session @param {Role} role @param {Deeds} deeds */
function seatRow(session, role, deeds) {
  const row = h("div", { class: "seat", "data-role": role });
  const seat = () => row.dataset.seat ?? "";
  const admit = h("button", { class: "button button-small button-main", type: "button", "data-do": "admit" });
  admit.addEventListener("click", () => deeds.admit(session, seat(), row.dataset.code ?? ""));
  row.append(
    h("p", { class: "seat-state" }),
    admit,
    button(`renew-${role}-${session}`, "button button-small", () => deeds.renew(session, role), "New link"),
    button(`revoke-${role}-${session}`, "button button-small", () => deeds.revoke(session, seat()), "Revoke"),
  );
  return row;
}

/** @param {HTMLElement} item @param {Session} session */
function renderSession(item, session) {
  const open = session.state === "open";
  text(find(item, ".session-name"), session.name || "Session");
  const until = open ? `, links open until ${TIME.format(session.expires_at)}` : `, ${session.state}`;
  text(find(item, ".session-times"), `Created ${TIME.format(session.created_at)}${until}`);
  show(find(item, "[data-do=end]"), open);
  text(find(item, ".session-here"), hereWords(session.here));
  show(find(item, ".session-here"), open);
  const kept = session.state === "ended";
  show(find(item, "[id^=text-]"), kept);
  show(find(item, "[id^=erase-]"), kept || (!open && session.figures !== null));
  text(find(item, "[id^=erase-]"), kept ? "Erase" : "Erase the figures");
  for (const role of ROLES) renderSeat(find(item, `[data-role=${role}]`), session, role);
}

/** @param {HTMLElement} row @param {Session} session @param {Role} role */
function renderSeat(row, session, role) {
  const seat = session.seats.findLast((one) => one.role === role);
  const code = seat?.waiting[0] ?? "";
  show(row, session.state === "open" && seat !== undefined);
  row.dataset.seat = seat?.seat_id ?? "";
  row.dataset.code = code;
  text(find(row, ".seat-state"), `${role === "partner" ? "Partner" : "Facilitator"}: ${stateWords(seat)}`);
  text(find(row, "[data-do=admit]"), `Admit device ${code}`);
  show(find(row, "[data-do=admit]"), code !== "");
  show(find(row, "[id^=revoke]"), seat?.standing === "valid");
}

/** @param {Seat | undefined} seat */
function stateWords(seat) {
  if (seat?.standing !== "valid") return `link ${seat?.standing ?? "missing"}`;
  if (seat.waiting.length > 0) return "another device asks to be let in";
  return seat.claimed_at === null ? "link not opened yet" : "link in use";
}

/** @param {Here | null} here null while nobody can tell */
function hereWords(here) {
  if (!here) return "Who is here can't be told: the call server doesn't answer.";
  const present = PEOPLE.filter((role) => here[role] !== undefined);
  const names = present.map((role) => `${role} since ${CLOCK.format(here[role])}`);
  return names.length > 0 ? `Here now: ${names.join(", ")}` : "Nobody is here now.";
}

/** @param {HTMLElement} parent @param {string} selector */
function find(parent, selector) {
  const found = parent.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`no ${selector}`);
  return found;
}
