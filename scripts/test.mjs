// The beginning of `npm test`; see scripts/test/main.ts for what follows.
import { continueUnderPinnedNode } from "./bootstrap/bootstrap.mjs";

await continueUnderPinnedNode("scripts/test/main.ts", process.argv.slice(2));
