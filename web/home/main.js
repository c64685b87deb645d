import { createApi } from "../lib/api.js";
import { byId, show, text } from "../lib/dom.js";
import { words } from "../lib/words.js";

const info = await createApi("partner").info();
const label = byId("rehearsal");
text(label, words.rehearsal);
show(label, info.rehearsal);
