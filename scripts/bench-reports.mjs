// The beginning of `npm run bench:reports`; see bench/src/reports.ts for what follows.
import { continueUnderPinnedNode } from "./bootstrap/bootstrap.mjs";

await continueUnderPinnedNode("bench/src/reports.ts", process.argv.slice(2));
