/** @import { Event, PageState, Role } from "../types.d.ts" */
import { initialCall, reduceCall } from "./call.js";
import { initialCaptions, reduceCaptions } from "./captions.js";
import { initialChat, reduceChat } from "./chat.js";
import { initialCoach, reduceCoach } from "./coach.js";
import { initialConsent, reduceConsent } from "./consent.js";
import { initialDevices, reduceDevices } from "./devices.js";
import { initialHints, reduceHints } from "./hints.js";
import { initialNote, reduceNote } from "./note.js";
import { initialNotices, reduceNotices } from "./notices.js";
import { initialPanel, reducePanel } from "./panel.js";
import { initialPrivacy, reducePrivacy } from "./privacy.js";
import { initialPresence, reducePresence } from "./presence.js";

/** @param {Role} role @returns {PageState} */
export function initialPage(role) {
  return {
    now: 0,
    role,
    info: null,
    call: initialCall,
    devices: initialDevices,
    chat: initialChat,
    notices: initialNotices,
    consent: initialConsent,
    coach: initialCoach,
    hints: initialHints,
    captions: initialCaptions,
    panel: initialPanel,
    note: initialNote,
    privacy: initialPrivacy,
    presence: initialPresence,
  };
}

/**
 * The page's one way of changing: the same event and time always give the same state.
 *
 * @param {PageState} state
 * @param {Event} event
 * @param {number} now
 * @returns {PageState}
 */
export function reducePage(state, event, now) {
  return {
    now,
    role: state.role,
    info: event.type === "info" ? event.info : state.info,
    call: reduceCall(state.call, event, now),
    devices: reduceDevices(state.devices, event, now),
    chat: reduceChat(state.chat, event, now),
    notices: reduceNotices(state.notices, event, now),
    consent: reduceConsent(state.consent, event, now),
    coach: reduceCoach(state.coach, event, now),
    hints: reduceHints(state.hints, event, now),
    captions: reduceCaptions(state.captions, event, now),
    panel: reducePanel(state.panel, event),
    note: reduceNote(state.note, event, now),
    privacy: reducePrivacy(state.privacy, event),
    presence: reducePresence(state.presence, event, now),
  };
}
