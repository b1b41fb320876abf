/**
 * `npm run bench:webhooks`: how many webhooks of a payment provider an engine takes in a second, each checked on its bytes,
 * stored before it is answered, and worked through in the background meanwhile; then how long until the last one is done.
 * Half of them are repeats of others, as providers send them. The caller shares the machine.
 */
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startPostgres } from "@pitboss/db/embedded/start-postgres";
import { signStripe } from "@pitboss/engine/cashier/psp/stripe/stripe-signature";
import pg from "pg";
import { benchDataDir, buildEngine, startEngineProcess } from "./engine-process.ts";
import { openHttpClient } from "./http-client.ts";
import { runLoad } from "./load.ts";
import { makeWorld } from "./world.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "6" },
    atOnce: { type: "string", default: "32" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  process.stdout.write("npm run bench:webhooks [-- --seconds N, 6] [--atOnce N, 32]\n");
  process.exit(0);
}
const [seconds, inFlight] = [Number(values.seconds), Number(values.atOnce)];
/** Providers call again what was not answered within a few seconds; the answer should take milliseconds. */
const goalMs = 50;
const secret = `whsec_${randomUUID()}`;
const root = fileURLToPath(new URL("../..", import.meta.url));

buildEngine();
const server = await startPostgres({ dataDir: join(root, ".pitboss/bench-postgres") });
const world = await makeWorld(server.url, "bench_webhooks", 100, 0);
mkdirSync(benchDataDir, { recursive: true });
const file = join(benchDataDir, "webhook-psps.json");
const psp = {
  code: "stripe",
  name: "Stripe",
  adapter: "stripe",
  url: "http://127.0.0.1:9",
  secretKey: "sk_of_the_bench_alone",
};
writeFileSync(file, JSON.stringify({ psps: [{ ...psp, webhookSecrets: [secret] }] }));
const engine = await startEngineProcess(world.url, { PSPS_FILE: file, RATE_LIMIT_ADDRESS: "1000000" });
const client = await openHttpClient(engine.url, inFlight);

let sent = 0;
let told: string | undefined;
const figures = await runLoad({ inFlight, seconds, warmUpSeconds: 2 }, async (worker) => {
  sent += 1;
  // Every other one is the one before it once more.
  const body = (sent % 2 === 0 ? told : undefined) ?? (told = event());
  const signature = signStripe(Buffer.from(body), secret, Math.floor(Date.now() / 1_000));
  const { status } = await client.post(worker, "/v1/webhooks/stripe", body, `stripe-signature: ${signature}\r\n`);
  return status === 200 ? 0 : 1;
});
const ended = performance.now();
const left = await drain(world.url);
const drained = (performance.now() - ended) / 1_000;
client.close();
await engine.stop();
await server.stop();
if (figures.failed > 0) throw new Error(`${figures.failed} webhooks were not taken`);
process.stdout.write(
  `${figures.perSecond.toFixed(0)} webhooks/s at ${inFlight} at once on ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}: ` +
    `p50 ${figures.p50Ms.toFixed(1)} ms, p99 ${figures.p99Ms.toFixed(1)} ms (goal ${goalMs} ms: ${figures.p99Ms <= goalMs ? "reached" : "missed"}); ` +
    `${left} were left when the last was answered, and done ${drained.toFixed(1)} s later\n`,
);

/** Of the size of a payment's, and of a kind that is read and laid aside: what payments cost is another measurement. */
function event(): string {
  const id = randomUUID().replaceAll("-", "");
  return JSON.stringify({
    id: `evt_${id}`,
    object: "event",
    type: "payment_intent.created",
    data: {
      object: {
        id: `pi_${id}`,
        object: "payment_intent",
        amount: 5_000,
        currency: "eur",
        description: "x".repeat(900),
      },
    },
  });
}

/** Waits for the background job; how many there were when it began. */
async function drain(url: string): Promise<number> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const waiting = async (): Promise<number> => {
    const { rows } = await owner.query<{ count: string }>("SELECT count(*) FROM psp_webhooks WHERE state = 'STORED'");
    return Number(rows[0]?.count ?? 0);
  };
  const first = await waiting();
  while ((await waiting()) > 0) await sleep(50);
  await owner.end();
  return first;
}
