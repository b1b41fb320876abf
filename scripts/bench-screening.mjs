// The beginning of `npm run bench:screening`; see bench/src/screening.ts for what follows.
import { continueUnderPinnedNode } from "./bootstrap/bootstrap.mjs";

await continueUnderPinnedNode("bench/src/screening.ts", process.argv.slice(2));
