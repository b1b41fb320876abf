import { searchAudit } from "@pitboss/db/audit/search-audit";
import { listPlayerDenials } from "@pitboss/db/gaming/list-player-denials";
import { listAttempts } from "@pitboss/db/identity/sign-in-records";
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import { searchTransactions } from "@pitboss/db/wallet/search-transactions";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { firstIdAt, transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { z } from "zod";
import { idInput } from "../../edge/trpc/inputs.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { Page } from "../../edge/trpc/page.ts";

const kinds = ["money", "staff", "refusal", "sign-in"] as const;

export interface TimelineEntry {
  /** Stable, and unique over all kinds. */
  readonly key: string;
  readonly at: string;
  readonly kind: (typeof kinds)[number];
  /** A transaction's type, an audit action, a refusal's code, or a sign-in's outcome. */
  readonly what: string;
  readonly by: string | null;
  readonly amounts: readonly { readonly amount: string; readonly held: string; readonly currency: string }[];
  readonly reason: string | null;
  /** The record that it is about: a transaction, bet, audit entry or approval. */
  readonly link: { readonly kind: "transaction" | "bet" | "audit" | "approval"; readonly id: string } | null;
}

/**
 * Everything that happened to a player, newest first: money, what staff did, refusals, sign-ins. The cursor is an
 * instant: each kind is read back from it by its own key, and the newest of all make the page.
 */
export const showTimeline = procedure("player.read")
  .input(
    z.object({
      playerId: idInput("player"),
      kinds: z.array(z.enum(kinds)).min(1).max(kinds.length).nullish(),
      cursor: z.iso.datetime().nullish(),
      limit: z.int().min(1).max(100).default(50),
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<TimelineEntry>> => {
    const { db, clock } = ctx.deps;
    const before = input.cursor ?? new Date(clock.now() + 60_000).toISOString();
    const wanted = new Set(input.kinds ?? kinds);
    const ask = { playerId: input.playerId, before, limit: input.limit + 1 };
    const lists = await Promise.all([
      wanted.has("money") ? money(db, ask) : [],
      wanted.has("staff") ? staffActions(db, ask) : [],
      wanted.has("refusal") ? refusals(db, ask) : [],
      wanted.has("sign-in") ? signIns(db, ask) : [],
    ]);
    const all = lists.flat().sort((a, b) => (a.at === b.at ? (a.key < b.key ? 1 : -1) : a.at < b.at ? 1 : -1));
    const page = all.slice(0, input.limit);
    // Entries of one millisecond stay on one page, or the cursor would lose the rest of them.
    while (page.length < all.length && all[page.length]?.at === page.at(-1)?.at)
      page.push(all[page.length] as TimelineEntry);
    return { rows: page, next: all.length > page.length ? (page.at(-1)?.at ?? null) : null };
  });

interface Ask {
  readonly playerId: bigint;
  /** ISO instant; only what was earlier. */
  readonly before: string;
  readonly limit: number;
}

type Db = Parameters<typeof searchAudit>[0];

async function money(db: Db, { playerId, before, limit }: Ask): Promise<TimelineEntry[]> {
  const page = await searchTransactions(db, { playerId, before: firstIdAt(Date.parse(before)), limit });
  return page.rows.map((row) => {
    const id = formatId("transaction", row.id);
    return {
      key: id,
      at: new Date(transactionTimeMs(row.id)).toISOString(),
      kind: "money",
      what: row.type,
      by: row.actor,
      amounts: row.moved.map(({ currency, available, held }) => ({
        amount: formatMinor(available, currency),
        held: formatMinor(held, currency),
        currency,
      })),
      reason: null,
      link: row.type === "HOLD" ? { kind: "bet", id: formatId("bet", row.id) } : { kind: "transaction", id },
    };
  });
}

async function staffActions(db: Db, { playerId, before, limit }: Ask): Promise<TimelineEntry[]> {
  const subjectId = formatId("player", playerId);
  const rows = await searchAudit(db, { subjectKind: "player", subjectId, to: before, limit });
  const names = await listStaffNames(
    db,
    rows.flatMap(({ actorKind, actorId }) => (actorKind === "staff" ? (parseId("staff", actorId) ?? []) : [])),
  );
  return rows.map((row) => ({
    key: row.id,
    at: `${row.at.slice(0, 23)}Z`,
    kind: "staff",
    what: row.action,
    by: row.actorKind === "staff" ? (names.get(parseId("staff", row.actorId) ?? 0n) ?? row.actorId) : row.actorId,
    amounts: [],
    reason: row.reason,
    link: row.approvalId === null ? { kind: "audit", id: row.id } : { kind: "approval", id: row.approvalId },
  }));
}

async function refusals(db: Db, { playerId, before, limit }: Ask): Promise<TimelineEntry[]> {
  const rows = await listPlayerDenials(db, playerId, before, limit);
  return rows.map((row) => ({
    key: formatId("denial", row.id),
    at: row.at.toISOString(),
    kind: "refusal",
    what: row.code,
    by: null,
    amounts: [],
    reason: `${row.command}: ${row.rule}`,
    link: null,
  }));
}

async function signIns(db: Db, { playerId, before, limit }: Ask): Promise<TimelineEntry[]> {
  const rows = await listAttempts(db, "player", playerId, limit, new Date(before));
  return rows.map((row) => ({
    key: `si_${row.id}`,
    at: row.at.toISOString(),
    kind: "sign-in",
    what: row.outcome,
    by: row.ip,
    amounts: [],
    reason: null,
    link: null,
  }));
}
