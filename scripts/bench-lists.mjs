// The beginning of `npm run bench:lists`; see bench/src/lists.ts for what follows.
import { continueUnderPinnedNode } from "./bootstrap/bootstrap.mjs";

await continueUnderPinnedNode("bench/src/lists.ts", process.argv.slice(2));
