/**
 * The payment providers of the demo, as a program of its own. The first start makes their secrets and writes the file
 * that the engine reads them from; what a simulated provider can do stands in cashier/simulators/README.md.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pspFile, type PspSettings } from "./cashier/psp/read-psps.ts";
import { startSimulatedAdyen } from "./cashier/simulators/adyen/simulated-adyen.ts";
import { payHouseBank } from "./cashier/simulators/pay-house-bank.ts";
import { runChainServices } from "./cashier/simulators/run-chain-services.ts";
import { startSimulatedCheckout } from "./cashier/simulators/checkout/simulated-checkout.ts";
import type { SimulatedPsp, SimulatedPspOptions } from "./cashier/simulators/serve.ts";
import { startSimulatedStripe } from "./cashier/simulators/stripe/simulated-stripe.ts";
import { readPspSimulatorConfig } from "./config.ts";

const config = readPspSimulatorConfig();
const file = config.PSPS_FILE ?? join(config.PITBOSS_DATA_DIR, "psps.json");
const secret = (): string => randomBytes(24).toString("base64url");

type Start = (options: SimulatedPspOptions) => Promise<SimulatedPsp>;
/** In the order in which the house prefers them. */
const simulated: readonly (readonly [Omit<PspSettings, "url">, Start])[] = [
  [
    {
      code: "stripe",
      name: "Stripe (simulated)",
      adapter: "stripe",
      secretKey: `sk_test_${secret()}`,
      webhookSecrets: [`whsec_${secret()}`],
    },
    startSimulatedStripe,
  ],
  [
    {
      code: "adyen",
      name: "Adyen (simulated)",
      adapter: "adyen",
      secretKey: `AQE_${secret()}`,
      merchant: "PitbossCasino_ECOM",
      balanceAccount: "BA3222Z223222H5J6Q2LXBHXB",
      webhookSecrets: [randomBytes(32).toString("hex").toUpperCase()],
    },
    startSimulatedAdyen,
  ],
  [
    {
      code: "checkout",
      name: "Checkout.com (simulated)",
      adapter: "checkout",
      secretKey: `sk_sbox_${secret()}`,
      merchant: `pc_${randomBytes(13).toString("hex")}`,
      balanceAccount: "ent_pitbossgaming",
      webhookSecrets: [secret()],
    },
    startSimulatedCheckout,
  ],
];

const keptFile = existsSync(file) ? pspFile.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
const kept = keptFile?.psps ?? [];
// Providers repeat themselves and mix up the order every day, so that the demo shows a normal day.
const faults =
  config.PSP_FAULTS === "none" ? {} : { webhookDelayMs: 150, repeat: 0.05, reorder: 0.05, lostAnswer: 0.01 };
const running: SimulatedPsp[] = [];
const settings: PspSettings[] = [];
for (const [made, start] of simulated) {
  const known = kept.find(({ code }) => code === made.code);
  const own = known ?? made;
  const options: SimulatedPspOptions = {
    port: known === undefined ? 0 : Number(new URL(known.url).port),
    secretKey: own.secretKey,
    webhookSecret: own.webhookSecrets[0] ?? "",
    merchant: own.merchant ?? "",
    balanceAccount: made.balanceAccount ?? "",
    pay: payHouseBank(join(config.PITBOSS_DATA_DIR, "banks.json"), made),
    webhookUrl: `${config.ENGINE_URL}/v1/webhooks/${own.code}`,
    journal: join(config.PITBOSS_DATA_DIR, "simulators", `${own.code}.jsonl`),
    faults,
  };
  // The first one's address is asked for by whoever waits for this program; the others take what is free.
  const psp =
    own.code === "stripe"
      ? await start({ ...options, port: config.PSP_SIMULATOR_PORT })
      : await start(options).catch(() => start({ ...options, port: 0 }));
  running.push(psp);
  settings.push({ ...made, ...own, url: psp.url });
  process.stdout.write(`${own.name} answers at ${psp.url}\n`);
}
const chains = await runChainServices({
  kept: keptFile ?? {},
  engineUrl: config.ENGINE_URL,
  dataDir: config.PITBOSS_DATA_DIR,
  faults,
  blockMs: config.CHAIN_BLOCK_MS,
});
running.push(...chains.running);
for (const { name, url } of chains.settings.custodians) process.stdout.write(`${name} answers at ${url}\n`);
mkdirSync(dirname(file), { recursive: true });
// The engine may read at any moment; it must never see half a file.
writeFileSync(`${file}.unfinished`, `${JSON.stringify({ psps: settings, ...chains.settings }, null, 2)}\n`, {
  mode: 0o600,
});
renameSync(`${file}.unfinished`, file);
process.send?.({ ready: true, url: running[0]?.url });

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void Promise.all(running.map((psp) => psp.stop())).finally(() => process.exit(0)));
}
