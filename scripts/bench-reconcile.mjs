// The beginning of `npm run bench:reconcile`; see bench/src/reconcile.ts for what follows.
import { continueUnderPinnedNode } from "./bootstrap/bootstrap.mjs";

await continueUnderPinnedNode("bench/src/reconcile.ts", process.argv.slice(2));
