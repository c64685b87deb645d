import { createApi } from "../lib/api.js";
import { byId, show, text } from "../lib/dom.js";
import { words } from "../lib/words.js";

const info = await createApi("partner")
  .info()
  .catch(() => null);
const label = byId("rehearsal");
text(label, words.rehearsal);
show(label, Boolean(info?.rehearsal));
