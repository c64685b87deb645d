/** Shapes of what is told about a session as a whole. */

/** What the model wrote of the session, by heading, one item a line; `kept`: nothing would be lost. */
export interface NoteState {
  stage: "none" | "writing" | "ready" | "failed";
  reason: string;
  texts: Record<string, string>;
  figures: Figures | null;
  kept: boolean;
  at: number;
}

/** The session in figures, as the coach tells them; null where nothing was measured. */
export interface Figures {
  duration_s: number;
  listened_s: number;
  talk_share: number | null;
  longest_silence_s: number | null;
  hints_shown: number;
  hints_used: number;
  hints_dismissed: number;
  latency_p50_ms: number | null;
  latency_p95_ms: number | null;
  line?: Partial<Record<"good" | "weak" | "lost", number>> | null;
}

/** `found` is what the test saw or, when it is `unmade`, why there was none; `remedy` what to do about it. */
export interface PrivacyState {
  stage: "none" | "checking" | "kept" | "failed" | "unmade";
  found: string;
  remedy: string;
}
