// The beginning of `npm start`; see scripts/start/main.ts for what follows.
import { continueUnderPinnedNode } from "./bootstrap/bootstrap.mjs";

await continueUnderPinnedNode("scripts/start/main.ts", process.argv.slice(2));
