// Bundles assets/ into static/: one script, one style sheet, the notices of what they hold. No source maps: the
// sources stand beside. Deterministic: the same inputs give the same bytes.
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { notices } from "./notices.mjs";

const into = process.argv[2] ?? "../static";
const result = await build({
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
await writeFile(`${into}/NOTICES.txt`, await notices(result.metafile, (path) => readFile(path, "utf8")));
for (const [path, { bytes }] of Object.entries(result.metafile.outputs)) console.log(`${path} ${bytes} bytes`);
