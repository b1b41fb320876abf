/** Bundles the CLI: one entry, and a chunk for each group of commands, so that help loads none of them. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

export async function buildCli(outdir: string): Promise<void> {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: { pitboss: join(import.meta.dirname, "src", "main.ts") },
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
    logLevel: "warning",
  });
}

if (import.meta.main) await buildCli(join(import.meta.dirname, "dist"));
