// The beginning of `npm run simulate`; see apps/engine/src/simulation/main.ts for what follows.
import { continueUnderPinnedNode } from "./bootstrap/bootstrap.mjs";

await continueUnderPinnedNode("apps/engine/src/simulation/main.ts", process.argv.slice(2));
