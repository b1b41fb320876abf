/**
 * The facts made anew beside those that are in use, from the ledger or from the archive of raw events, and then put in
 * their place. Until then reports read the old ones, and new events go on into them; at the end the consumer waits for
 * the moment in which the last events are added and the tables are exchanged.
 */
import { gunzip } from "node:zlib";
import { promisify } from "node:util";
import type { Database } from "@pitboss/db/kernel/pool";
import { lockPosition, readPosition } from "@pitboss/db/ops/consumer-position";
import { listAllRates } from "@pitboss/db/reporting/capture-rates";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { DomainEvent } from "@pitboss/domain/ops/events";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { type EventSource, eventsOf } from "../../ops/event-source.ts";
import type { ObjectStore } from "../../ops/objects/object-store.ts";
import type { ColumnStore } from "../store/column-store.ts";
import { factsTable, payoutStepsTable, prepareStore } from "../store/prepare-store.ts";
import { factsConsumer } from "./facts-consumer.ts";
import { forgetSums } from "./sum-days.ts";
import { createFactWriter, type FactTables, tablesInUse } from "./write-facts.ts";

const decompress = promisify(gunzip);
const fresh: FactTables = { facts: "facts_fresh", steps: "payout_steps_fresh" };
/** Positions, or objects of the archive, of one step. */
const mostAtOnce = 5_000n;
const objectsAtOnce = 50;
const archiveConsumer = "archive";

export interface RebuildParts {
  readonly db: Database;
  readonly source: EventSource;
  readonly objects: ObjectStore;
  readonly store: ColumnStore;
  readonly reporting: Currency;
}

/** What the facts are, in one number: the same facts give the same, however they came and in whichever parts they lie. */
export interface Digest {
  readonly facts: string;
  readonly hash: string;
}

export async function digestFacts(store: ColumnStore, tables: FactTables = tablesInUse): Promise<Digest> {
  const [row] = await store.rows<{ facts: string; hash: string }>(
    `SELECT sum(of_facts) AS facts, toString(sum(hash)) AS hash FROM (
       SELECT count() AS of_facts,
              sum(cityHash64(event, line, kind, at, player, bet, toString(country), toString(brand), toString(currency),
                toString(provider), toString(game), channel, stake_cash, stake_bonus, win_cash, win_bonus, amount)) AS hash
         FROM ${tables.facts} FINAL
       UNION ALL
       SELECT 0, sum(cityHash64(payout, event, step, at, player, toString(country), toString(currency), amount,
                toString(method), toString(psp), toString(decided_by)))
         FROM ${tables.steps} FINAL)`,
  );
  return { facts: row?.facts ?? "0", hash: row?.hash ?? "0" };
}

export interface RebuildStep {
  /** Where to go on; null when all is read and only the exchange is left. */
  readonly next: string | null;
  readonly events: number;
}

/** One step: `after` is empty at the beginning, then what the step before answered. */
export async function rebuildStep(
  parts: RebuildParts,
  from: "ledger" | "archive",
  after: string,
): Promise<Result<RebuildStep>> {
  const { store, db } = parts;
  if (after === "") {
    await prepareStore(store);
    for (const table of [fresh.facts, fresh.steps]) await store.command(`DROP TABLE IF EXISTS ${table}`);
    await store.command(payoutStepsTable(fresh.steps));
    await store.command(factsTable(fresh.facts));
  } else if (!(await hasFresh(store))) {
    return err("REBUILD_LOST", "Another rebuild took its place, or the store was made anew; begin again.");
  }
  if (from === "archive" && (after === "" || after.startsWith("events/"))) return archiveStep(parts, after);
  const begin = after === "" ? 0n : BigInt(after);
  const head = await readPosition(db, factsConsumer);
  const step = await copyRange(parts, begin, begin + mostAtOnce < head ? begin + mostAtOnce : head);
  return ok({ events: step.events, next: step.upTo >= head ? null : step.upTo.toString() });
}

async function archiveStep({ objects, ...parts }: RebuildParts, after: string): Promise<Result<RebuildStep>> {
  // Read before the list: what is archived meanwhile comes from the ledger, once more or for the first time.
  const archived = await readPosition(parts.db, archiveConsumer);
  const names = (await objects.list("events/")).filter((name) => name > after);
  const writer = createFactWriter(parts.store, parts.reporting);
  let events = 0;
  for (const name of names.slice(0, objectsAtOnce)) {
    const bytes = await objects.get(name);
    if (bytes === undefined) return err("REBUILD_LOST", `The archive has lost ${name}.`);
    const lines = (await decompress(bytes)).toString("utf8").split("\n").filter(Boolean);
    await writer.write(
      lines.map((line) => JSON.parse(line) as DomainEvent),
      parts.db,
      fresh,
    );
    events += lines.length;
  }
  const last = names[objectsAtOnce - 1];
  return ok({ events, next: names.length > objectsAtOnce && last !== undefined ? last : archived.toString() });
}

export interface Rebuilt {
  readonly position: string;
  readonly before: Digest;
  readonly after: Digest;
}

/** Adds what came since, and exchanges the tables. The consumer's position is locked meanwhile, so nothing comes between. */
export async function finishRebuild(parts: RebuildParts, after: string): Promise<Result<Rebuilt>> {
  const { db, store, reporting } = parts;
  if (!(await hasFresh(store))) return err("REBUILD_LOST", "There is nothing to put in its place; begin again.");
  return db.transaction(async (tx): Promise<Result<Rebuilt>> => {
    const position = await lockPosition(tx, factsConsumer);
    if (position === undefined) return err("OVERLOADED", "Facts are being written at this moment.");
    await copyRange({ ...parts, db: tx }, BigInt(after), position);
    const [before, now] = [await digestFacts(store), await digestFacts(store, fresh)];
    const rates = await listAllRates(tx, reporting);
    await store.insert(
      "rates",
      rates.map(({ day, currency, factor }) => ({ reporting, day, currency, factor })),
    );
    await forgetSums(store);
    await store.command(`EXCHANGE TABLES ${tablesInUse.facts} AND ${fresh.facts}`);
    await store.command(`EXCHANGE TABLES ${tablesInUse.steps} AND ${fresh.steps}`);
    for (const table of [fresh.facts, fresh.steps]) await store.command(`DROP TABLE ${table}`);
    return ok({ position: position.toString(), before, after: now });
  });
}

async function copyRange(
  {
    source,
    store,
    reporting,
    db,
  }: Omit<RebuildParts, "db" | "objects"> & { readonly db: Parameters<typeof listAllRates>[0] },
  after: bigint,
  upTo: bigint,
): Promise<{ readonly upTo: bigint; readonly events: number }> {
  const writer = createFactWriter(store, reporting);
  let position = after;
  let events = 0;
  while (position < upTo) {
    const slice = await source.read(position, upTo);
    if (slice.upTo === position) break;
    const found = eventsOf(slice.batches);
    await writer.write(found, db, fresh);
    events += found.length;
    position = slice.upTo;
  }
  return { upTo: position, events };
}

async function hasFresh(store: ColumnStore): Promise<boolean> {
  const rows = await store.rows(
    "SELECT name FROM system.tables WHERE database = currentDatabase() AND name = {name:String}",
    {
      name: fresh.facts,
    },
  );
  return rows.length > 0;
}
