/**
 * The one way in which people, machines and jobs write: a transaction that also holds the audit rows of what it does.
 * A refusal rolls everything back; a write without an audit row is a bug and rolls back as well.
 */
import { writeAudit } from "@pitboss/db/audit/write-audit";
import type { Transaction } from "@pitboss/db/kernel/executor";
import type { Database } from "@pitboss/db/kernel/pool";
import { assert, type Failure, type Result } from "@pitboss/domain/kernel/result";
import { type Acting, type AuditNote, auditEntryOf } from "./acting.ts";

export type TakeNote = (note: AuditNote) => void;

/** Carries a refusal through Drizzle's transaction, which rolls back only where something is thrown. */
class Refusal extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

export async function withAudit<T>(
  db: Database,
  acting: Acting,
  work: (tx: Transaction, note: TakeNote) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await db.transaction(async (tx) => {
      const notes: AuditNote[] = [];
      const result = await work(tx, (note) => void notes.push(note));
      if (!result.ok) throw new Refusal(result.error);
      assert(notes.length > 0, "a write has an audit row");
      await writeAudit(
        tx,
        notes.map((note) => auditEntryOf(acting, note)),
      );
      return result;
    });
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.failure };
    throw error;
  }
}
