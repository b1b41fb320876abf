/**
 * `npm run bench:payouts`: how long a player waits for the decision on their payout, at a casino that runs already, over HTTP
 * and with everything that is on the way: the checks that can refuse it, the hold, and the checks that say whether people
 * have to look. The players are new ones of its own, each with a deposit by card.
 */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    engine: { type: "string", default: "http://127.0.0.1:4000" },
    key: { type: "string" },
    payouts: { type: "string", default: "400" },
    atOnce: { type: "string", default: "16" },
    help: { type: "boolean", default: false },
  },
});
if (values.help || values.key === undefined) {
  process.stdout.write(
    "npm run bench:payouts -- --key mk_… [--engine http://127.0.0.1:4000] [--payouts N, 400] [--atOnce N, 16]\n",
  );
  process.exit(values.help ? 0 : 2);
}
/** What a decision should take no longer than, 95 times out of 100. */
const goalMs = 300;

/** How many players are made side by side before anything is measured. */
const openedAtOnce = 8;

interface Payee {
  readonly playerId: string;
  readonly instrumentId: string;
}

const count = Number(values.payouts);
const payees: Payee[] = [];
while (payees.length < count * 2) {
  const opened = await Promise.all(Array.from({ length: openedAtOnce }, openPayee));
  payees.push(...opened.filter((payee) => payee !== undefined));
}
tell("one after the other", await measure(payees.slice(0, count), 1));
tell(`${values.atOnce} at once`, await measure(payees.slice(count, count * 2), Number(values.atOnce)));

/** Undefined where the acquirer was slow with the deposit; another player takes their place. */
async function openPayee(): Promise<Payee | undefined> {
  const playerId = String((await call("/v1/players", { nickname: "bench", country: "MT" }))["playerId"]);
  const amount = { amount: "100.00", currency: "EUR" };
  const body = { requestId: randomUUID(), playerId, amount, method: "card", token: `pm_card_visa_${playerId}` };
  if ((await call("/v1/deposits", body))["status"] !== "CREDITED") return undefined;
  const listed = await call(`/v1/instruments?playerId=${playerId}`);
  const [instrument] = listed["instruments"] as readonly { readonly instrumentId: string }[];
  return { playerId, instrumentId: instrument?.instrumentId ?? "" };
}

/** Milliseconds of each, sorted. */
async function measure(waiting: readonly Payee[], atOnce: number): Promise<number[]> {
  const left = [...waiting];
  const ms: number[] = [];
  const work = async (): Promise<void> => {
    for (let payee = left.pop(); payee !== undefined; payee = left.pop()) {
      const body = { requestId: randomUUID(), ...payee, amount: { amount: "40.00", currency: "EUR" } };
      const begun = performance.now();
      await call("/v1/payouts", body);
      ms.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return ms.sort((a, b) => a - b);
}

async function call(path: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${values.engine}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${values.key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

function tell(how: string, ms: readonly number[]): void {
  const at = (share: number): number => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))] ?? 0;
  const [p50, p95, p99] = [at(0.5), at(0.95), at(0.99)];
  const reached = p95 <= goalMs ? "reached" : "missed";
  process.stdout.write(
    `${how}: ${ms.length} decisions, p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (goal ${goalMs} ms: ${reached})\n`,
  );
}
