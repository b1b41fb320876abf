/**
 * One payout from the request to the bank, in a process that kills itself at one point of its way: before or after a
 * statement or a call that changes something. Run anew without a point it goes on where it was.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { findPayoutByRequest } from "@pitboss/db/cashier/payout-store";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { isPayoutOver, isUnderWay } from "@pitboss/domain/cashier/payout-machine";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { isCurrency } from "@pitboss/domain/wallet/currency";
import pg from "pg";
import { answerText } from "../../gaming/present.ts";
import { sideEvents } from "../../gaming/side-events.ts";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import { createDataVault } from "../../identity/keys/data-vault.ts";
import { openLocalKeyService } from "../../identity/keys/local-key-service.ts";
import { createPlayerVault } from "../../identity/keys/player-vault.ts";
import { systemClock } from "../../kernel/context.ts";
import { createLog } from "../../kernel/log.ts";
import { createLanes } from "../../wallet/lanes.ts";
import { createBankVault } from "../bank/bank-vault.ts";
import { readBanks } from "../bank/read-banks.ts";
import { workBatches } from "../bank/work-batches.ts";
import { readChainDesk } from "../custody/read-custodians.ts";
import { createTravelVault } from "../travel/travel-vault.ts";
import { readRails } from "../psp/read-rails.ts";
import { requestPayout } from "./request-payout.ts";
import { askAboutPayout } from "./send-payout.ts";
import { workPayouts } from "./work-payouts.ts";

const { values } = parseArgs({
  options: {
    database: { type: "string", default: "" },
    data: { type: "string", default: "" },
    player: { type: "string", default: "" },
    instrument: { type: "string", default: "" },
    request: { type: "string", default: "" },
    currency: { type: "string", default: "EUR" },
    /** Minor units. */
    amount: { type: "string", default: "4000" },
    /** The point at which it ends itself; 0 is none. */
    at: { type: "string", default: "0" },
  },
});

const last = Number(values.at);
let points = 0;
function reach(): void {
  points += 1;
  if (points === last) process.kill(process.pid, "SIGKILL");
}

const changes = new RegExp(
  [
    "^(UPDATE payouts|UPDATE payout_sends|SELECT (move|request)_payout|COMMIT",
    'insert into "(kyt_checks|travel_messages)"|update "travel_messages"',
    'insert into "payout_batch(es|_items)"|update "payout_batch(es|_items)"|(UPDATE|INSERT INTO) payout_batch_sends)',
  ].join("|"),
  "i",
);
const query = Reflect.get(pg.Client.prototype, "query") as (...given: unknown[]) => unknown;
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
  const [first] = given;
  const text = typeof first === "string" ? first : ((first as { text?: string } | undefined)?.text ?? "");
  const watched = changes.test(text.trim());
  if (watched) reach();
  const answer = query.apply(this, given);
  if (watched && answer instanceof Promise) void answer.then(reach, () => undefined);
  return answer;
} as typeof pg.Client.prototype.query;

const call = globalThis.fetch;
globalThis.fetch = async (...given) => {
  reach();
  const answer = await call(...given);
  reach();
  return answer;
};

const log = createLog("silent");
const pool = createPool({ url: values.database, applicationName: "crash", max: 4, onError: () => undefined });
const db = createDatabase(pool);
const lanes = createLanes({
  databaseUrl: values.database,
  count: 1,
  maxBatch: 100,
  maxQueue: 100,
  engineId: "crash",
  batch: { games: () => new Map(), answerText, sideEvents },
  log,
  observe: () => undefined,
});
while (!lanes.up()) await sleep(5);
const pspPath = join(values.data, "psps.json");
const banks = await readBanks(join(values.data, "banks.json"), false);
const rails = await readRails(pspPath, banks);
const masterKeys = join(values.data, "keys", "master-keys.json");
const keys = await openLocalKeyService({ path: masterKeys, production: false });
const vault = createDataVault(db, keys);
const players = createPlayerVault(keys, vault);
const bank = { banks, vault: createBankVault(vault, players) };
const chain = { ...(await readChainDesk(pspPath, false)), travel: createTravelVault(players, "Crash test casino") };
const cashier = { db, clock: systemClock, log, lanes, rails, screen: () => Promise.resolve(), chain, bank };
const key = requestKey("crash|payout", values.request);

await requestPayout(cashier, {
  playerId: parseId("player", values.player) ?? 0n,
  instrumentId: parseId("instrument", values.instrument) ?? 0n,
  requestId: values.request,
  requestKey: key,
  bodyHash: hash64("crash"),
  traceId: "0af7651916cd43dd8448eb211c80319c",
  currency: isCurrency(values.currency) ? values.currency : "EUR",
  amount: BigInt(values.amount),
  forfeitBonus: false,
  device: undefined,
  actor: null,
});
for (let payout = await findPayoutByRequest(db, key); payout !== undefined && !isPayoutOver(payout.state); ) {
  await workPayouts(cashier);
  await workBatches(cashier);
  await sleep(20);
  if (isUnderWay(payout.state) && payout.pspReference !== null) {
    // What the worker asks a minute later, where no webhook comes; by then the simulated bank has paid.
    await sleep(900);
    await askAboutPayout(cashier, payout.id);
  }
  payout = await findPayoutByRequest(db, key);
}
await lanes.stop();
await pool.end();
process.stdout.write(String(points));
