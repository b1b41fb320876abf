// The beginning of `npm run simulate:rounds`; see apps/engine/src/simulation/provider-day/main.ts for what follows.
import { continueUnderPinnedNode } from "./bootstrap/bootstrap.mjs";

await continueUnderPinnedNode("apps/engine/src/simulation/provider-day/main.ts", process.argv.slice(2));
