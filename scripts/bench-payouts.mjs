// The beginning of `npm run bench:payouts`; see bench/src/payouts.ts for what follows.
import { continueUnderPinnedNode } from "./bootstrap/bootstrap.mjs";

await continueUnderPinnedNode("bench/src/payouts.ts", process.argv.slice(2));
