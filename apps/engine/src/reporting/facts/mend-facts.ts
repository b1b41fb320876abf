/**
 * Events that were applied long ago, handed to the facts once more: what the store has lost of them is written again, and
 * what it has is let be. The consumer's position has no part in it.
 */
import { noteLate } from "@pitboss/db/reporting/note-late";
import { factsOf } from "@pitboss/domain/reporting/facts";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { HandleAgain } from "../../ops/event-bus.ts";
import type { ColumnStore } from "../store/column-store.ts";
import { createFactWriter } from "./write-facts.ts";

/** Ids of one question to the store. */
const mostAtOnce = 5_000;

export function mendFacts(store: ColumnStore, reporting: Currency): HandleAgain {
  const writer = createFactWriter(store, reporting);
  return async (events, tx, { to }) => {
    const told = events.map((event) => ({ event, facts: factsOf(event) })).filter(({ facts }) => facts.length > 0);
    const known = await findKnown(
      store,
      told.flatMap(({ facts }) => facts),
    );
    const missing = told.filter(({ facts }) => facts.some((fact) => !known.has(nameOf(fact))));
    if (missing.length > 0) {
      const days = await writer.write(
        missing.map(({ event }) => event),
        tx,
      );
      // A day that was closed without them is told so, as of any fact that comes late.
      await noteLate(
        tx,
        [...days].map(([day, facts]) => ({ day, facts })),
        to,
      );
    }
    return { applied: missing.length, known: events.length - missing.length };
  };
}

interface Named {
  readonly event: bigint;
  readonly line: number;
}

async function findKnown(store: ColumnStore, facts: readonly Named[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  const ids = [...new Set(facts.map(({ event }) => event.toString()))];
  for (let from = 0; from < ids.length; from += mostAtOnce) {
    const rows = await store.rows<{ event: string; line: number }>(
      "SELECT DISTINCT event, line FROM facts WHERE event IN (SELECT toUInt64(arrayJoin({ids:Array(String)})))",
      { ids: ids.slice(from, from + mostAtOnce) },
    );
    for (const row of rows) known.add(nameOf(row));
  }
  return known;
}

function nameOf({ event, line }: { readonly event: bigint | string; readonly line: number }): string {
  return `${event}.${line}`;
}
