/** Shapes shared by the reducers, the room and the views. Times are milliseconds of Date.now(). */

import type { Figures, NoteState, PrivacyState } from "./types-session.d.ts";

export type Role = "partner" | "facilitator";
export type Phase = "prejoin" | "consent" | "joining" | "call" | "ended";
export type Connection = "idle" | "connecting" | "connected" | "reconnecting" | "lost";
export type EndReason = "left" | "duplicate" | "removed" | "room_closed";
export type Quality = "excellent" | "good" | "poor" | "lost" | "unknown";

export interface Info {
  rehearsal: boolean;
  open: boolean;
  room: string | null;
  partner_identity: string;
  facilitator_identity: string;
  agent_name: string;
  version: string;
}

/** What a tile needs to know of one of the two people. */
export interface Person {
  identity: string;
  name: string;
  speaking: boolean;
  quality: Quality;
  micOn: boolean;
  camera: string | null;
  cameraPaused: boolean;
  screen: string | null;
  consent: string;
}

export interface Agent {
  identity: string;
  state: string;
}

export interface Snapshot {
  me: Person | null;
  other: Person | null;
  agent: Agent | null;
  canPlay: boolean;
}

export interface CallState extends Snapshot {
  phase: Phase;
  connection: Connection;
  everConnected: boolean;
  reconnectedAt: number;
  attempt: number;
  end: EndReason | null;
  problem: string;
  sharing: "none" | "tab" | "screen";
}

export type DeviceKind = "audio" | "video";
export type MediaFailure =
  "denied" | "denied_by_system" | "none" | "in_use" | "insecure" | "unsupported" | "other";
export type MediaState = "off" | "asking" | "on" | MediaFailure;

export interface DeviceChoice {
  id: string;
  label: string;
}

export interface DevicesState {
  audio: MediaState;
  video: MediaState;
  wantAudio: boolean;
  wantVideo: boolean;
  microphones: DeviceChoice[];
  cameras: DeviceChoice[];
  speakers: DeviceChoice[];
  microphone: string;
  camera: string;
  speaker: string;
  level: number;
  quietSince: number;
  silent: boolean;
}

export type Section = "summary" | "suggestion" | "follow_up" | "reminder";
export type Card = "hint" | "safety" | "test";
export type Verdict = "used" | "not_now" | "fewer";
export type Pace = "quiet" | "balanced" | "lively";

export interface Hint {
  seq: number;
  hintId: string;
  card: Card;
  heardAt: number;
  shownAt: number;
  suggestion: string;
  summary: string;
  reminder: string;
  followUps: string[];
  progress: "streaming" | "complete" | "cut";
  verdict: Verdict | null;
  retired: boolean;
  fetched: boolean;
}

export interface HintsState {
  bySeq: Record<number, Hint>;
  held: boolean;
}

export interface HintLine {
  section?: Section;
  text?: string;
  index?: number;
  done: boolean;
  latency_ms?: Record<string, number>;
}

/** A hint as GET /api/sessions/{id}/hints gives it. */
export interface StoredHint {
  hint_id: string;
  seq: number;
  heard_at: number;
  card: Card;
  sections: { section: Section; text: string; index: number }[];
  verdict: Verdict | null;
}

/** One message of the topic coach.status. */
export interface CoachStatus {
  state: string;
  reason: string;
  last_heard_at: number | null;
  last_seq: number;
  session: string;
  pace: Pace;
  listening: "continuous" | "push";
  captions: boolean;
  mode: "live" | "rehearsal";
  at: number;
}

export interface CoachState {
  status: CoachStatus | null;
  identity: string;
  beatAt: number;
  graceFrom: number;
  graceMs: number;
  tickAt: number;
  connected: boolean;
  offline: boolean;
  ownPause: boolean | null;
  held: boolean;
}

export interface ChatMessage {
  id: string;
  mine: boolean;
  text: string;
  at: number;
  failed: boolean;
}

export interface ChatState {
  messages: ChatMessage[];
  open: boolean;
  unread: number;
}

export interface CaptionsState {
  lines: { segment: string; text: string; at: number }[];
}

export interface ConsentText {
  version: string;
  title: string;
  paragraphs: string[];
  keeping: string;
}

export interface ConsentState {
  text: ConsentText | null;
  failed: boolean;
  choice: boolean | null;
  keep: boolean | null;
  sending: boolean;
  told: boolean | null;
  retryAt: number;
  review: boolean;
}

export interface PanelState {
  hidden: boolean;
  large: boolean;
  keys: boolean;
  covered: boolean;
  expanded: boolean;
}

export type { Figures, NoteState, PrivacyState };

export type Tone = "info" | "warn" | "server";

export interface Notice {
  id: number;
  text: string;
  tone: Tone;
  until: number;
}

export interface NoticesState {
  list: Notice[];
  next: number;
}

/** The whole of a page's state; a page leaves out what it does not show. */
/** The connection that tells our server that a page is open. */
export interface PresenceState {
  line: "none" | "held" | "lost";
  heardAt: number;
  tries: number;
  retryAt: number;
}

export interface PageState {
  now: number;
  role: Role;
  info: Info | null;
  call: CallState;
  devices: DevicesState;
  chat: ChatState;
  notices: NoticesState;
  consent: ConsentState;
  coach: CoachState;
  hints: HintsState;
  captions: CaptionsState;
  panel: PanelState;
  note: NoteState;
  privacy: PrivacyState;
  presence: PresenceState;
}

export type Event =
  | { type: "tick" }
  | { type: "info"; info: Info }
  | { type: "presence/opened" }
  | { type: "presence/heard" }
  | { type: "presence/lost" }
  | { type: "presence/closed" }
  | { type: "call/phase"; phase: Phase }
  | { type: "call/connecting" }
  | { type: "call/connected" }
  | { type: "call/reconnecting" }
  | { type: "call/reconnected" }
  | { type: "call/lost" }
  | { type: "call/failed"; problem: string }
  | { type: "call/ended"; reason: EndReason }
  | { type: "call/people"; snapshot: Snapshot }
  | { type: "call/sharing"; surface: "none" | "tab" | "screen" }
  | { type: "devices/asking"; audio: boolean; video: boolean }
  | { type: "devices/result"; kind: DeviceKind; state: MediaState }
  | { type: "devices/want"; kind: DeviceKind; on: boolean }
  | { type: "devices/list"; microphones: DeviceChoice[]; cameras: DeviceChoice[]; speakers: DeviceChoice[] }
  | { type: "devices/choose"; kind: "microphone" | "camera" | "speaker"; id: string }
  | { type: "devices/level"; level: number }
  | { type: "consent/text"; text: ConsentText }
  | { type: "consent/failed" }
  | { type: "consent/forget" }
  | { type: "consent/choose"; agreed: boolean; keep: boolean | null }
  | { type: "consent/sending" }
  | { type: "consent/saved"; agreed: boolean }
  | { type: "consent/unsaved" }
  | { type: "consent/review"; open: boolean }
  | { type: "coach/status"; status: CoachStatus; identity: string }
  | { type: "coach/pause"; own: boolean | null }
  | { type: "coach/pace"; pace: Pace }
  | { type: "coach/listening"; listening: "continuous" | "push" }
  | { type: "coach/held"; held: boolean }
  | { type: "coach/captions"; on: boolean }
  | { type: "hint/open"; seq: number; hintId: string; card: Card; heardAt: number }
  | { type: "hint/line"; seq: number; line: HintLine }
  | { type: "hint/cut"; seq: number }
  | { type: "hint/verdict"; seq: number; verdict: Verdict }
  | { type: "hint/dismiss"; seq: number }
  | { type: "hint/hold"; held: boolean }
  | { type: "hints/fetched"; hints: StoredHint[] }
  | { type: "hints/forget" }
  | { type: "chat/sent"; id: string; text: string }
  | { type: "chat/failed"; id: string }
  | { type: "chat/received"; id: string; text: string }
  | { type: "chat/open"; open: boolean }
  | { type: "caption"; segment: string; text: string }
  | { type: "panel/set"; change: Partial<PanelState> }
  | { type: "note/asked" }
  | { type: "note/written"; items: Record<string, string[]>; figures?: Figures | null }
  | { type: "note/failed"; reason: string; figures?: Figures | null }
  | { type: "note/edit"; heading: string; text: string }
  | { type: "note/kept" }
  | { type: "note/discard" }
  | { type: "privacy/asked" }
  | { type: "privacy/found"; ok: boolean; found: string; remedy: string }
  | { type: "privacy/unmade"; why: string }
  | { type: "notice/add"; text: string; tone: Tone }
  | { type: "notice/drop"; id: number };

export type Dispatch = (event: Event) => void;
export type Render = (state: PageState) => void;
