/** The entries of a bundle: as they were sealed for a program, as a table for a person, and the checkpoints over them. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { listCheckpointsBetween, listLinks, type NewLink } from "@pitboss/db/audit/chain-audit";
import { type AuditRecord, entryOf, listAuditByIds } from "@pitboss/db/audit/search-audit";
import { type BundleFile, maskEntry, type MaskedEntry } from "@pitboss/domain/audit/audit-bundle";
import { createZoneFormat } from "@pitboss/domain/audit/zoned-range";
import { canonicalJson, type JsonObject } from "@pitboss/domain/kernel/json";
import { type CsvCell, csvLine } from "../../reporting/exports/csv.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { openHashedFile } from "./hashed-file.ts";

/** Links that are read, masked and written at a time: some milliseconds, in between which bets have their turn. */
const pageSize = 250;

export interface BundleStretch {
  /** Chain positions, both included. Up to `last` entries are written; after it only links, up to the checkpoint. */
  readonly first: bigint;
  readonly last: bigint;
  readonly upTo: bigint;
  /** Entries of this time are written, ms; of others in between only the links. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly zone: string;
}

export interface WrittenEntries {
  readonly files: readonly BundleFile[];
  readonly entries: number;
  readonly masked: number;
}

export async function writeEntries(
  { db }: Pick<StaffDeps, "db">,
  folder: string,
  stretch: BundleStretch | undefined,
  zone: string,
): Promise<WrittenEntries> {
  const checkpoints = await openHashedFile(folder, "checkpoints.ndjson");
  const lines = await openHashedFile(folder, "entries.ndjson");
  const table = await openHashedFile(folder, "entries.csv");
  await table.write(csvLine(csvHeader(zone)));
  const inZone = createZoneFormat(zone);
  const counts = { entries: 0, masked: 0 };
  for (let after = (stretch?.first ?? 1n) - 1n; stretch !== undefined && after < stretch.upTo; ) {
    const links = (await listLinks(db, after, pageSize)).filter(({ position }) => position <= stretch.upTo);
    const end = links.at(-1)?.position;
    if (end === undefined) throw new Error("the audit chain ends before its checkpoint");
    const records = await listAuditByIds(
      db,
      links.map(({ auditId }) => auditId),
    );
    const byId = new Map(records.map((record) => [record.number, record]));
    const page = links.map((link) => ({ link, shown: shownOf(byId.get(link.auditId), link, stretch) }));
    await lines.write(page.map(({ link, shown }) => entryLine(link, shown)).join(""));
    const shown = page.filter((row): row is { link: NewLink; shown: MaskedEntry } => row.shown !== undefined);
    await table.write(shown.map((row) => csvLine(csvCells(row.link, row.shown, inZone))).join(""));
    const signed = await listCheckpointsBetween(db, after, end);
    await checkpoints.write(
      signed
        .map((one) => `${canonicalJson({ ...one, number: `${one.number}`, position: `${one.position}` })}\n`)
        .join(""),
    );
    counts.entries += shown.length;
    counts.masked += shown.filter((row) => row.shown.masked.length > 0).length;
    after = end;
    await nextTurn();
  }
  return { files: [await checkpoints.close(), await lines.close(), await table.close()], ...counts };
}

/** Undefined for what is in the stretch only to hold the chain together. */
function shownOf(record: AuditRecord | undefined, link: NewLink, stretch: BundleStretch): MaskedEntry | undefined {
  if (record === undefined) throw new Error(`the entry at position ${link.position} is gone`);
  const at = Date.parse(record.at);
  const inside = at >= stretch.fromMs && at < stretch.toMs && link.position <= stretch.last;
  return inside ? maskEntry(entryOf(record)) : undefined;
}

function entryLine({ position, entryHash, chainHash }: NewLink, shown: MaskedEntry | undefined): string {
  const link = { position: `${position}`, entryHash, chainHash };
  if (shown === undefined) return `${canonicalJson(link)}\n`;
  const { entry, masked } = shown;
  const line = { ...link, entry: entry as unknown as JsonObject, ...(masked.length === 0 ? {} : { masked }) };
  return `${canonicalJson(line)}\n`;
}

function csvHeader(zone: string): string[] {
  return [
    "position",
    "auditId",
    "at (UTC)",
    `at (${zone})`,
    "actorKind",
    "actorId",
    "actingAs",
    "channel",
    "sessionId",
    "ip",
    "userAgent",
    "action",
    "subjectKind",
    "subjectId",
    "reason",
    "before",
    "after",
    "approvalId",
    "traceId",
    "masked",
    "entryHash",
  ];
}

function csvCells(
  { position, entryHash }: NewLink,
  { entry, masked }: MaskedEntry,
  inZone: (ms: number) => string,
): CsvCell[] {
  const json = (value: JsonObject | null): string | null => (value === null ? null : canonicalJson(value));
  return [
    position.toString(),
    entry.id,
    entry.at,
    inZone(Date.parse(entry.at)),
    entry.actorKind,
    entry.actorId,
    entry.actingAs.join(" "),
    entry.channel,
    entry.sessionId,
    entry.ip,
    entry.userAgent,
    entry.action,
    entry.subjectKind,
    entry.subjectId,
    entry.reason,
    json(entry.before),
    json(entry.after),
    entry.approvalId,
    entry.traceId,
    masked.join(" "),
    entryHash,
  ];
}
