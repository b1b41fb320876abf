// The beginning of `npm run bench:webhooks`; see bench/src/webhooks.ts for what follows.
import { continueUnderPinnedNode } from "./bootstrap/bootstrap.mjs";

await continueUnderPinnedNode("bench/src/webhooks.ts", process.argv.slice(2));
