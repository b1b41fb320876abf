/** Writes the generated part of docs/cli.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { referenceMark, renderReference } from "./src/reference.ts";

const page = join(import.meta.dirname, "..", "..", "docs", "cli.md");
const [written = ""] = readFileSync(page, "utf8").split(referenceMark);
writeFileSync(page, written + (await renderReference()));
