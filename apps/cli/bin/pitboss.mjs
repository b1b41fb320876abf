#!/usr/bin/env node
// The way in that npm links. It stands in the repository, so that the link has an end before anything is built.
import { existsSync } from "node:fs";

const built = new URL("../dist/pitboss.mjs", import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write("pitboss is not built yet: npm start builds it, or: npm run build -w apps/cli\n");
  process.exitCode = 1;
}
