/**
 * The consumer that makes facts of committed events. Its position moves in PostgreSQL after the facts are in the store: a
 * kill in between hands the same events over again, and facts that are written twice are one.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@pitboss/db/kernel/pool";
import { ensureConsumer, rewindPosition } from "@pitboss/db/ops/consumer-position";
import { noteLate } from "@pitboss/db/reporting/note-late";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { Logger } from "../../kernel/log.ts";
import type { Consumer, ConsumerOptions, EventBus } from "../../ops/event-bus.ts";
import type { Pace } from "../../ops/pace.ts";
import type { ColumnStore } from "../store/column-store.ts";
import { prepareStore } from "../store/prepare-store.ts";
import { factsConsumer } from "./facts-consumer.ts";
import { createFactWriter } from "./write-facts.ts";

/** Reports may lag by a second; fewer and larger inserts are what the store is made for. */
const gapMs = 1_000;
const most = 20_000;
const retryMs = 1_000;

export function collectFacts(store: ColumnStore, reporting: Currency): ConsumerOptions["handle"] {
  const writer = createFactWriter(store, reporting);
  return async (events, tx, { to }) => {
    const days = await writer.write(events, tx);
    const counts = [...days].map(([day, facts]) => ({ day, facts }));
    if (counts.length > 0) await noteLate(tx, counts, to);
    await store.insert("progress", [{ name: factsConsumer, position: to.toString() }]);
  };
}

export interface FactsParts {
  readonly db: Database;
  readonly bus: EventBus;
  readonly store: ColumnStore;
  readonly reporting: Currency;
  readonly pace: Pace;
  readonly log: Logger;
}

/** Begins as soon as the store is up, and goes on from where the store is, should it be behind: it may be a new one. */
export function startFacts(parts: FactsParts): { stop(): Promise<void> } {
  const { bus, store, reporting, pace, log } = parts;
  const stopping = new AbortController();
  let consumer: Consumer | undefined;

  async function begin(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      try {
        await alignPosition(parts);
        consumer = bus.startConsumer({
          name: factsConsumer,
          gapMs,
          most,
          pace,
          handle: collectFacts(store, reporting),
        });
        return;
      } catch (error) {
        if (failures % 60 === 0) log.warn({ err: error, failures }, "the store of reports is not ready");
        await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  const begun = begin();
  return {
    async stop() {
      stopping.abort();
      await begun;
      await consumer?.stop();
    },
  };
}

async function alignPosition({ db, store }: Pick<FactsParts, "db" | "store">): Promise<void> {
  await prepareStore(store);
  await ensureConsumer(db, factsConsumer, "oldest");
  await rewindPosition(db, factsConsumer, await readProgress(store));
}

/** The position up to which the store has the facts. */
async function readProgress(store: ColumnStore): Promise<bigint> {
  const [row] = await store.rows<{ position: string }>(
    "SELECT max(position) AS position FROM progress WHERE name = {name:String}",
    { name: factsConsumer },
  );
  return BigInt(row?.position ?? 0);
}
