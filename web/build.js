/** Builds the pages into dist/: hashed assets with .gz and .br siblings, HTML that names them. */
import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");
const PAGES = [
  { name: "index", script: "home/main.js", style: "styles/home.css" },
  { name: "partner", script: "partner/main.js", style: "styles/partner.css" },
  { name: "facilitator", script: "facilitator/main.js", style: "styles/facilitator.css" },
  { name: "check", script: "check/main.js", style: "styles/check.css" },
  { name: "sign-in", script: "sign-in/main.js", style: "styles/desk.css" },
  { name: "sessions", script: "sessions/main.js", style: "styles/desk.css" },
];

/** @param {"script" | "style"} kind */
async function bundle(kind) {
  const result = await build({
    absWorkingDir: root,
    entryPoints: PAGES.map((page) => ({ in: join(root, page[kind]), out: page.name })),
    outdir: join(dist, "assets"),
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022", "chrome111", "firefox113", "safari16.4"],
    minify: true,
    legalComments: "none",
    metafile: true,
  });
  return result.metafile.outputs;
}

/** @typedef {Awaited<ReturnType<typeof bundle>>} Outputs */

/** The built file of a source. @param {Outputs} outputs @param {string} source */
function builtFrom(outputs, source) {
  const found = Object.entries(outputs).find(([, output]) => output.entryPoint === source);
  if (!found) throw new Error(`nothing was built from ${source}`);
  return found[0];
}

/** Every script that a page will need, so that the browser fetches them at once. @param {Outputs} outputs @param {string} path @param {Set<string>} [seen] */
function closure(outputs, path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const each of outputs[path]?.imports ?? []) closure(outputs, each.path, seen);
  return seen;
}

/** @param {string} path @returns {string} */
function url(path) {
  return path.replace(/^dist/, "");
}

/** @param {(typeof PAGES)[number]} page @param {Outputs} scripts @param {Outputs} styles */
async function writePage(page, scripts, styles) {
  const script = builtFrom(scripts, page.script);
  const style = builtFrom(styles, page.style);
  const preloads = [...closure(scripts, script)].map(
    (path) => `<link rel="modulepreload" href="${url(path)}">`,
  );
  const head = [
    `<link rel="stylesheet" href="${url(style)}">`,
    ...preloads,
    `<script type="module" src="${url(script)}"></script>`,
  ];
  const html = await readFile(join(root, "pages", `${page.name}.html`), "utf8");
  await writeFile(join(dist, `${page.name}.html`), html.replace("<!-- assets -->", head.join("\n    ")));
}

/** @param {string} path */
async function compress(path) {
  const content = await readFile(path);
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  const gzip = gzipSync(content, { level: 9 });
  await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, gzip)]);
  return { path, bytes: content.length, gzip: gzip.length, brotli: brotli.length };
}

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, "assets"), { recursive: true });
const [scripts, styles] = await Promise.all([bundle("script"), bundle("style")]);
await Promise.all(PAGES.map((page) => writePage(page, scripts, styles)));
await copyFile(
  join(root, "node_modules/livekit-client/LICENSE"),
  join(dist, "assets/livekit-client-LICENSE.txt"),
);
const assets = (await readdir(join(dist, "assets"))).map((name) => join(dist, "assets", name));
for (const size of await Promise.all(assets.map(compress))) {
  console.log(
    `${size.path.slice(dist.length + 1)}  ${size.bytes} bytes, gzip ${size.gzip}, brotli ${size.brotli}`,
  );
}
