/**
 * Reads what just happened, for live views. A reading is bounded, however much happens: what lies further back than a
 * few batches is left out and said to be, since a view shows what is and keeps no books.
 */
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import type { Database } from "@pitboss/db/kernel/pool";
import { readBatches, type SliceLimits } from "@pitboss/db/ops/read-batches";
import {
  findNewest,
  listNewestAudit,
  listNewestPlayerAttempts,
  listNicknames,
  type NewestAttempt,
  type NewestAudit,
  type NewestNumbers,
} from "@pitboss/db/ops/read-newest";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { buildEvents } from "@pitboss/domain/ops/build-events";
import type { SteadySession } from "../steady-session.ts";
import { itemOfEvent, type LiveItem } from "./live-item.ts";

export interface LiveReading {
  /** Oldest first. */
  readonly items: readonly LiveItem[];
  /** True where something happened that is not among them. */
  readonly leftOut: boolean;
}

export interface LiveReader {
  /** What happened since the last reading; the first one has what happened just before. */
  read(): Promise<LiveReading>;
}

/** About two milliseconds of the engine's own thread. */
const limits: SliceLimits = { transactions: 100, batches: 20 };
const mostOfKind = 40;
/**
 * Numbers of rows are given before their commits, so a row may appear below one that was read already: each reading looks
 * back this far, and leaves out what it told before.
 */
const lookBack = 64n;

export function createLiveReader({ db, session }: { db: Database; session: SteadySession }): LiveReader {
  let seen: NewestNumbers | undefined;
  const told = new Set<string>();

  async function readLedger(newest: bigint): Promise<{ items: LiveItem[]; upTo: bigint; leftOut: boolean }> {
    const last = seen?.position;
    const earliest = newest > BigInt(limits.batches) ? newest - BigInt(limits.batches) : 0n;
    const after = last === undefined || last < earliest ? earliest : last;
    if (after >= newest) return { items: [], upTo: newest, leftOut: false };
    const slice = await session.use((current) => readBatches(current, { after, upTo: newest }, limits));
    const events = slice.batches.flatMap((batch) => buildEvents(batch, slice.facts));
    const items = events.flatMap((event) => itemOfEvent(event) ?? []);
    const some = items.slice(-2 * mostOfKind);
    return {
      items: some,
      upTo: slice.upTo,
      leftOut: (last !== undefined && last < after) || some.length < items.length,
    };
  }

  return {
    async read() {
      const newest = await findNewest(db);
      const before = seen;
      const [ledger, audit, attempts] = await Promise.all([
        readLedger(newest.position),
        newest.audit === before?.audit ? [] : listNewestAudit(db, floor(before?.audit), mostOfKind),
        newest.attempt === before?.attempt ? [] : listNewestPlayerAttempts(db, floor(before?.attempt), mostOfKind),
      ]);
      const found = [...ledger.items, ...attempts.map(itemOfAttempt), ...(await itemsOfAudit(db, audit))];
      const fresh = found.filter(({ id }) => !told.has(id));
      const items = await nameWho(
        db,
        fresh.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
      );
      seen = { ...newest, position: ledger.upTo };
      remember(told, items);
      return { items, leftOut: ledger.leftOut };
    },
  };
}

function floor(newest: bigint | undefined): bigint {
  return newest === undefined || newest < lookBack ? 0n : newest - lookBack;
}

const mostRemembered = 2_000;

function remember(told: Set<string>, items: readonly LiveItem[]): void {
  for (const { id } of items) told.add(id);
  for (const id of told) {
    if (told.size <= mostRemembered) return;
    told.delete(id);
  }
}

function itemOfAttempt({ id, at, playerId, outcome }: NewestAttempt): LiveItem {
  const player = formatId("player", playerId);
  return {
    id: `si_${id}`,
    at: at.toISOString(),
    kind: "sign-in",
    what: outcome,
    playerId: player,
    ...nothing,
    link: { kind: "player", id: player },
  };
}

const nothing = { who: null, gameId: null, outcome: null, amount: null, currency: null } as const;

async function itemsOfAudit(db: Database, rows: readonly NewestAudit[]): Promise<LiveItem[]> {
  const staffId = ({ actorKind, actorId }: NewestAudit) =>
    actorKind === "staff" ? parseId("staff", actorId) : undefined;
  const names = await listStaffNames(
    db,
    rows.flatMap((row) => staffId(row) ?? []),
  );
  return rows.map((row) => {
    const id = formatId("audit", row.id);
    return {
      ...nothing,
      id,
      at: row.at.toISOString(),
      kind: "staff",
      what: row.action,
      playerId: row.subjectKind === "player" ? row.subjectId : null,
      who: names.get(staffId(row) ?? 0n) ?? row.actorId,
      link: { kind: "audit", id },
    };
  });
}

/** The nicknames of the players whose own doing it was. */
async function nameWho(db: Database, items: readonly LiveItem[]): Promise<LiveItem[]> {
  const idOf = ({ who, playerId }: LiveItem) =>
    who === null && playerId !== null ? parseId("player", playerId) : undefined;
  const nicknames = await listNicknames(
    db,
    items.flatMap((item) => idOf(item) ?? []),
  );
  return items.map((item) => ({ ...item, who: item.who ?? nicknames.get(idOf(item) ?? 0n) ?? null }));
}
