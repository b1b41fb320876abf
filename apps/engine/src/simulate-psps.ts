/**
 * The payment providers of the demo, as a program of its own. The first start makes their secrets and writes the file
 * that the engine reads them from; what a simulated provider can do stands in cashier/simulators/README.md.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pspFile, type PspSettings } from "./cashier/psp/read-psps.ts";
import { startSimulatedStripe } from "./cashier/simulators/stripe/simulated-stripe.ts";
import { readPspSimulatorConfig } from "./config.ts";

const config = readPspSimulatorConfig();
const file = config.PSPS_FILE ?? join(config.PITBOSS_DATA_DIR, "psps.json");
const settings = openSettings();
const stripe = await startSimulatedStripe({
  port: Number(new URL(settings.url).port),
  secretKey: settings.secretKey,
  webhookSecret: settings.webhookSecrets[0] ?? "",
  webhookUrl: `${config.ENGINE_URL}/v1/webhooks/${settings.code}`,
  journal: join(config.PITBOSS_DATA_DIR, "simulators", "stripe.jsonl"),
  // Providers repeat themselves and mix up the order every day, so that the demo shows a normal day.
  faults: config.PSP_FAULTS === "none" ? {} : { webhookDelayMs: 150, repeat: 0.05, reorder: 0.05, lostAnswer: 0.01 },
});
process.stdout.write(`The simulated card acquirer answers at ${stripe.url}\n`);
process.send?.({ ready: true, url: stripe.url });

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void stripe.stop().finally(() => process.exit(0)));
}

function openSettings(): PspSettings {
  const url = `http://127.0.0.1:${config.PSP_SIMULATOR_PORT}`;
  const kept = existsSync(file) ? pspFile.parse(JSON.parse(readFileSync(file, "utf8"))).psps[0] : undefined;
  const secret = () => randomBytes(24).toString("base64url");
  const made: PspSettings =
    kept === undefined
      ? {
          code: "stripe",
          name: "Stripe (simulated)",
          adapter: "stripe",
          url,
          secretKey: `sk_test_${secret()}`,
          webhookSecrets: [`whsec_${secret()}`],
        }
      : { ...kept, url };
  mkdirSync(dirname(file), { recursive: true });
  // The engine may read at any moment; it must never see half a file.
  writeFileSync(`${file}.unfinished`, `${JSON.stringify({ psps: [made] }, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.unfinished`, file);
  return made;
}
