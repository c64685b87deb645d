import assert from "node:assert/strict";
import { test } from "node:test";
import { endedWords } from "../lib/words-desk.js";

test("who ended a session learns whether its text is gone", () => {
  assert.match(endedWords(true), /is erased\.$/);
  assert.match(endedWords(false), /kept, as your partner agreed/);
});
