// Bundles assets/ into static/: scripts, one style sheet, outlines of provinces, and the notices of what they hold. No
// source maps: the sources stand beside. Deterministic: the same inputs give the same bytes.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { notices } from "./notices.mjs";
import { outlines, PACKAGE } from "./outlines.mjs";

const into = process.argv[2] ?? "../static";
const read = (path) => readFile(path, "utf8");
const { metafile } = await build({
  entryPoints: ["app.ts", "app.css"],
  outdir: into,
  bundle: true,
  minify: true,
  format: "esm",
  splitting: true, // pages without a chart do not load what draws charts
  chunkNames: "[name]",
  target: ["es2022", "chrome123", "firefox120", "safari17.5"],
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
await mkdir(`${into}/outlines`, { recursive: true });
for (const [pack, text] of Object.entries(await outlines(read))) await writeFile(`${into}/outlines/${pack}.json`, text);
const held = Object.values(metafile.outputs).flatMap(({ inputs }) =>
  Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0),
);
await writeFile(`${into}/NOTICES.txt`, await notices([...held, `${PACKAGE}/`], read));
for (const [path, { bytes }] of Object.entries(metafile.outputs)) console.log(`${path} ${bytes} bytes`);
