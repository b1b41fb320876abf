/** What can be exported: each list with its permission, its filters, its columns and its pages. */
import { entryOf, searchAudit } from "@pitboss/db/audit/search-audit";
import { searchBets } from "@pitboss/db/gaming/search-bets";
import type { ExportFormat } from "@pitboss/db/identity/exports.schema";
import { listPlayers } from "@pitboss/db/identity/player-directory";
import { searchTransactions } from "@pitboss/db/wallet/search-transactions";
import type { Permission } from "@pitboss/domain/identity/permissions";
import { canonicalJson, type JsonObject } from "@pitboss/domain/kernel/json";
import { firstIdAt } from "@pitboss/domain/wallet/transaction-id";
import type { z } from "zod";
import { auditFilters, readAuditFilter } from "../../audit/search-audit.ts";
import { betFilters, presentBetRow, readBetFilter } from "../../gaming/staff/list-bets.ts";
import { playerFilters } from "../../identity/players/list-players.ts";
import { presentPlayer } from "../../identity/players/present-player.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { ledgerFilters, presentTransaction, readScanCursor } from "../../wallet/staff/list-transactions.ts";
import { factsInput, readFacts } from "../figures/list-facts.ts";
import type { CsvCell } from "./csv.ts";

const pageSize = 1_000;

interface ExportList {
  readonly permission: Permission;
  readonly filters: z.ZodType;
  /** What it can be written as; by pages it is always CSV. */
  readonly formats: readonly ExportFormat[];
  /** Times are UTC, and the header says so. */
  readonly header: readonly string[];
  /** `sent` are filters as they were sent, which this list's schema has taken before. */
  pages(deps: StaffDeps, sent: unknown): AsyncGenerator<readonly (readonly CsvCell[])[]>;
}

/** Whom somebody looked for by name or address is not written into a job. */
const impersonalFilters = playerFilters
  .omit({ name: true, email: true, phone: true, deviceId: true, ip: true })
  .strict();

const players: ExportList = {
  permission: "player.read",
  filters: impersonalFilters,
  formats: ["csv"],
  header: ["playerId", "nickname", "status", "country", "createdAt (UTC)", "tags", "emailVerified", "erased"],
  async *pages({ db }, sent) {
    const { status, country, tag, nickname, createdFrom, createdTo } = impersonalFilters.parse(sent);
    const filter = {
      status: status ?? undefined,
      country: country ?? undefined,
      tag: tag ?? undefined,
      nickname: nickname ?? undefined,
      createdFrom: createdFrom ?? undefined,
      createdTo: createdTo ?? undefined,
    };
    let before: bigint | undefined;
    for (;;) {
      const rows = await listPlayers(db, { ...filter, before, limit: pageSize });
      yield rows
        .map(presentPlayer)
        .map((row) => [
          row.playerId,
          row.nickname,
          row.status,
          row.country,
          row.createdAt,
          row.tags.join(" "),
          row.emailVerified,
          row.erased,
        ]);
      if (rows.length < pageSize) return;
      before = rows.at(-1)?.id;
    }
  },
};

const bets: ExportList = {
  permission: "bet.read",
  filters: betFilters,
  formats: ["csv"],
  header: [
    "betId",
    "placedAt (UTC)",
    "playerId",
    "provider",
    "gameId",
    "roundId",
    "currency",
    "stake",
    "bonusPart",
    "payout",
    "status",
    "outcome",
  ],
  async *pages(deps, sent) {
    const asked = betFilters.parse(sent);
    const filter = readBetFilter(deps, asked);
    let before = readScanCursor(null, asked.to);
    for (;;) {
      const page = await searchBets(deps.db, { ...filter, before, limit: pageSize });
      yield page.rows
        .map(presentBetRow)
        .map((row) => [
          row.betId,
          row.placedAt,
          row.playerId,
          row.provider,
          row.gameId,
          row.roundId,
          row.currency,
          row.stake,
          row.bonusPart,
          row.payout,
          row.status,
          row.outcome,
        ]);
      const next = page.rows.length === pageSize ? page.rows.at(-1)?.id : page.more ? page.scannedTo : null;
      if (next == null) return;
      before = next;
    }
  },
};

const ledger: ExportList = {
  permission: "ledger.read",
  filters: ledgerFilters,
  formats: ["csv"],
  header: [
    "transactionId",
    "at (UTC)",
    "type",
    "playerId",
    "reference",
    "requestId",
    "actor",
    "currency",
    "available",
    "held",
    "traceId",
  ],
  async *pages({ db }, sent) {
    const asked = ledgerFilters.parse(sent);
    const filter = {
      playerId: asked.playerId ?? undefined,
      types: asked.types ?? undefined,
      actor: asked.actor ?? undefined,
      from: asked.from == null ? undefined : firstIdAt(Date.parse(asked.from)),
    };
    let before = readScanCursor(null, asked.to);
    for (;;) {
      const page = await searchTransactions(db, { ...filter, before, limit: pageSize });
      yield page.rows
        .map(presentTransaction)
        .flatMap((row) =>
          (row.moved.length === 0 ? [null] : row.moved).map((moved) => [
            row.transactionId,
            row.at,
            row.type,
            row.playerId,
            row.reference?.id ?? null,
            row.requestId,
            row.actor,
            moved?.currency ?? null,
            moved?.available ?? null,
            moved?.held ?? null,
            row.traceId,
          ]),
        );
      const next = page.rows.length === pageSize ? page.rows.at(-1)?.id : page.more ? page.scannedTo : null;
      if (next == null) return;
      before = next;
    }
  },
};

const auditHeader = [
  "auditId",
  "at (UTC)",
  "actorKind",
  "actorId",
  "actingAs",
  "channel",
  "sessionId",
  "ip",
  "action",
  "subjectKind",
  "subjectId",
  "reason",
  "before",
  "after",
  "approvalId",
  "traceId",
];

const audit: ExportList = {
  permission: "audit.read",
  filters: auditFilters,
  formats: ["csv"],
  header: auditHeader,
  async *pages({ db }, sent) {
    const filter = readAuditFilter(auditFilters.parse(sent));
    let before: bigint | undefined;
    for (;;) {
      // A file goes from hand to hand: what was done against money laundering is in none.
      const rows = await searchAudit(db, { ...filter, withoutAml: true, before, limit: pageSize });
      yield rows.map((row) => auditCells(entryOf(row)));
      if (rows.length < pageSize) return;
      before = rows.at(-1)?.number;
    }
  },
};

function auditCells(entry: ReturnType<typeof entryOf>): CsvCell[] {
  const json = (value: JsonObject | null): string | null => (value === null ? null : canonicalJson(value));
  return [
    entry.id,
    entry.at,
    entry.actorKind,
    entry.actorId,
    entry.actingAs.join(" "),
    entry.channel,
    entry.sessionId,
    entry.ip,
    entry.action,
    entry.subjectKind,
    entry.subjectId,
    entry.reason,
    json(entry.before),
    json(entry.after),
    entry.approvalId,
    entry.traceId,
  ];
}

const facts: ExportList = {
  permission: "report.read",
  filters: factsInput,
  formats: ["csv", "parquet"],
  header: [
    "transactionId",
    "line",
    "at (UTC)",
    "kind",
    "playerId",
    "country",
    "currency",
    "provider",
    "gameId",
    "betId",
    "through",
    "stake",
    "stakeBonus",
    "win",
    "winBonus",
    "ggr",
    "amount",
  ],
  async *pages(deps, sent) {
    const asked = factsInput.parse(sent);
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof readFacts>> = await readFacts(deps, { ...asked, cursor, limit: pageSize });
      yield page.rows.map((row) => [
        row.transactionId,
        row.line,
        row.at,
        row.kind,
        row.playerId,
        row.country,
        row.currency,
        row.provider,
        row.gameId,
        row.betId,
        row.channel,
        row.stake,
        row.stakeBonus,
        row.win,
        row.winBonus,
        row.ggr,
        row.amount,
      ]);
      cursor = page.next;
    } while (cursor !== null);
  },
};

export const exportLists = { players, bets, ledger, audit, facts } as const satisfies Record<string, ExportList>;
export type ExportListName = keyof typeof exportLists;
