// The beginning of `npm run bench`; see bench/src/main.ts for what follows.
import { continueUnderPinnedNode } from "./bootstrap/bootstrap.mjs";

await continueUnderPinnedNode("bench/src/main.ts", process.argv.slice(2));
