/** Terminals that wait to be let in from the console (the device flow of RFC 8628). */
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "../kernel/executor.ts";
import { terminalGrants } from "./terminal-grants.schema.ts";

export interface NewTerminal {
  readonly deviceHash: Buffer;
  readonly userCode: string;
  readonly client: string;
  readonly ip: string | null;
  readonly expiresAt: Date;
}

export async function insertTerminal(db: Executor, terminal: NewTerminal): Promise<void> {
  await db.insert(terminalGrants).values(terminal);
}

export interface TerminalRecord {
  readonly userCode: string;
  readonly client: string;
  readonly ip: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly approvedBy: bigint | null;
  readonly approvedAt: Date | null;
  readonly deniedAt: Date | null;
  readonly usedAt: Date | null;
}

/** One that still waits for a person, by the code that the terminal shows. */
export async function findWaitingTerminal(
  db: Executor,
  userCode: string,
  now: Date,
): Promise<TerminalRecord | undefined> {
  const [row] = await db
    .select()
    .from(terminalGrants)
    .where(
      and(
        eq(terminalGrants.userCode, userCode),
        isNull(terminalGrants.approvedAt),
        isNull(terminalGrants.deniedAt),
        sql`${terminalGrants.expiresAt} > ${now}`,
      ),
    );
  return row;
}

export async function findTerminal(db: Executor, deviceHash: Buffer): Promise<TerminalRecord | undefined> {
  const [row] = await db.select().from(terminalGrants).where(eq(terminalGrants.deviceHash, deviceHash));
  return row;
}

export async function answerTerminal(
  db: Executor,
  userCode: string,
  answer: { readonly approvedBy: bigint } | "denied",
  now: Date,
): Promise<boolean> {
  const set = answer === "denied" ? { deniedAt: now } : { approvedBy: answer.approvedBy, approvedAt: now };
  const rows = await db
    .update(terminalGrants)
    .set(set)
    .where(
      and(eq(terminalGrants.userCode, userCode), isNull(terminalGrants.approvedAt), isNull(terminalGrants.deniedAt)),
    )
    .returning({ userCode: terminalGrants.userCode });
  return rows.length === 1;
}

/** Uses the grant up; undefined where it is not approved, over or used. */
export async function takeTerminal(db: Executor, deviceHash: Buffer, now: Date): Promise<bigint | undefined> {
  const [row] = await db
    .update(terminalGrants)
    .set({ usedAt: now })
    .where(
      and(
        eq(terminalGrants.deviceHash, deviceHash),
        isNull(terminalGrants.usedAt),
        sql`${terminalGrants.approvedAt} IS NOT NULL AND ${terminalGrants.expiresAt} > ${now}`,
      ),
    )
    .returning({ approvedBy: terminalGrants.approvedBy });
  return row?.approvedBy ?? undefined;
}
