/** Bundles the CLI: one entry, and a chunk for each group of commands, so that help loads none of them. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const root = import.meta.dirname;
const outdir = join(root, process.argv[2] ?? "dist");

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: { pitboss: join(root, "src", "main.ts") },
  outdir,
  outExtension: { ".js": ".mjs" },
  chunkNames: "parts/[name]-[hash]",
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  // The oldest Node on which the checkout's scripts begin; the bundle needs no newer one.
  target: "node20",
  minify: true,
  legalComments: "eof",
  sourcemap: false,
  logLevel: "warning",
});
