import { createApi } from "../lib/api.js";
import { attribute, byId, show, text } from "../lib/dom.js";
import { call } from "../lib/http.js";
import { deskWords } from "../lib/words-desk.js";
import { words } from "../lib/words.js";
import { doorsOf } from "./doors.js";

const [info, signIn] = await Promise.all([
  createApi("partner")
    .info()
    .catch(() => null),
  call("/api/sign-in").catch(() => null),
]);
const label = byId("rehearsal");
text(label, words.rehearsal);
show(label, Boolean(info?.rehearsal));

const { open, desk } = doorsOf(info, signIn);
show(byId("doors"), open);
show(byId("invited"), !open);
show(byId("desk"), desk !== "");
attribute(byId("desk-link"), "href", desk);
text(byId("desk-link"), desk === "/sign-in" ? deskWords.signIn : deskWords.create);
