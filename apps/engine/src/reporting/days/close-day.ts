/**
 * Closes a day of UTC: its facts are compared with the ledger, line by line, and what was found is written down for good.
 * A day that is closed is compared again when events of it arrive later; that is another revision, beside the first.
 */
import { findPosition } from "@pitboss/db/ops/consumer-position";
import {
  type Closing,
  findDayEnd,
  findDueDay,
  findLateThrough,
  insertClosing,
  listRevisions,
} from "@pitboss/db/reporting/closings-store";
import { readLedgerSums } from "@pitboss/db/reporting/read-ledger-day";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { isTied, type TiedLine, tieOut } from "@pitboss/domain/reporting/tie-out";
import { type Acting, jobActing } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { factsConsumer } from "../facts/facts-consumer.ts";
import { readFactSums } from "./read-fact-sums.ts";

const dayMs = 86_400_000;
/** A batch takes its time before it commits; what comes after this is late, and restates the day. */
const graceMs = 10 * 60_000;

/** An amount of both sides, as it is stored: minor units as text. */
export type StoredLine = Readonly<Record<"line" | "currency" | "ledger" | "facts", string>>;

type CloseDeps = Pick<StaffDeps, "db" | "reports" | "clock">;

/** Compares now, and writes a revision where there is none yet or the comparison says something else than the last one. */
export async function closeDay(deps: CloseDeps, day: string, acting: Acting, reason: string): Promise<Result<Closing>> {
  const { db, reports, clock } = deps;
  const [from, to] = [Date.parse(day), Date.parse(day) + dayMs];
  if (to + graceMs > clock.now()) return err("DAY_NOT_OVER", "A day is closed ten minutes after it ended, UTC.");
  const end = await findDayEnd(db, from, to);
  const position = (await findPosition(db, factsConsumer)) ?? 0n;
  if (!end.numbered || position < end.position) {
    return err("REPORTS_BEHIND", `They are at ${position}, and the day ends at ${end.position}.`);
  }
  const lateThrough = await findLateThrough(db, day);
  const lines = tieOut(await readLedgerSums(db, from, to), await readFactSums(reports.store, from, to));
  const [last] = await listRevisions(db, day);
  const stored = storeLines(lines);
  if (last?.lateThrough === lateThrough && JSON.stringify(sortedLines(last.lines)) === JSON.stringify(stored)) {
    return ok(last);
  }
  const closing = {
    day,
    revision: (last?.revision ?? 0) + 1,
    status: isTied(lines) ? ("TIED" as const) : ("OFF" as const),
    position,
    lateThrough,
    actor: `${acting.actorKind}:${acting.actorId}`,
    reason,
    lines: stored.map((line) => ({ ...line })),
  };
  return withAudit<Closing>(db, acting, async (tx, note) => {
    // Another engine was quicker: its revision is as good.
    if (!(await insertClosing(tx, closing))) return err("OVERLOADED", "This day is being closed at this moment.");
    note({
      action: "report.close-day",
      subject: { kind: "day", id: day },
      reason,
      ...(last === undefined ? {} : { before: { revision: last.revision, status: last.status } }),
      after: { revision: closing.revision, status: closing.status },
    });
    return ok({ ...closing, closedAt: new Date(clock.now()) });
  });
}

/** The next day that is due; true where another one may be. */
export async function closeNextDay(deps: CloseDeps & Pick<StaffDeps, "log">): Promise<boolean> {
  const due = await findDueDay(deps.db, new Date(deps.clock.now() - graceMs));
  if (due === undefined) return false;
  const reason = due.why === "over" ? "The day is over" : "Events of this day arrived after it was closed";
  const closed = await closeDay(deps, due.day, jobActing("close-day"), reason);
  if (!closed.ok) {
    deps.log.debug({ day: due.day, code: closed.error.code }, "a day waits to be closed");
    return false;
  }
  if (closed.value.status === "OFF") deps.log.error({ day: due.day }, "the facts of a day are not the ledger's");
  return true;
}

function storeLines(lines: readonly TiedLine[]): StoredLine[] {
  return lines.map(({ line, currency, ledger, facts }) => ({
    line,
    currency,
    ledger: ledger.toString(),
    facts: facts.toString(),
  }));
}

/** jsonb gives an object's keys back in its own order. */
export function sortedLines(lines: unknown): StoredLine[] {
  return (lines as StoredLine[]).map(({ line, currency, ledger, facts }) => ({ line, currency, ledger, facts }));
}
