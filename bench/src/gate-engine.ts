/**
 * The engine as `main.ts` runs it, or, told `off`, the same one without the gate on the way of a bet: what the gate costs is
 * the difference. An engine of a casino can't be started so.
 */
import { readConfig } from "@pitboss/engine/config";
import { startEngine } from "@pitboss/engine/engine";
import { openGateBoard } from "@pitboss/engine/risk/gate-rules";

const [gate] = process.argv.slice(2);
if (gate !== "on" && gate !== "off") throw new Error("gate-engine.ts takes on or off");
const engine = await startEngine(readConfig(), {
  openGate: gate === "on" ? openGateBoard : () => Promise.resolve(undefined),
});
process.send?.({ ready: true, url: engine.url });
process.once("SIGTERM", () => {
  engine.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
