import { type AuditFilter, type AuditRecord, listAuditActions, searchAudit } from "@pitboss/db/audit/search-audit";
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import { type ActorKind, actorKinds, type Channel } from "@pitboss/domain/audit/audit-entry";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { type Page, pageInput, pageOf, readCursor } from "../edge/trpc/page.ts";
import { procedure } from "../edge/trpc/procedure.ts";
import { type Actor, mayActor } from "../identity/actor.ts";
import type { StaffDeps } from "../identity/staff-deps.ts";

export const auditFilters = z.object({
  actorKind: z.enum(actorKinds).nullish(),
  actorId: z.string().max(80).nullish(),
  subjectKind: z.string().max(40).nullish(),
  subjectId: z.string().max(80).nullish(),
  action: z.string().max(80).nullish(),
  from: z.iso.datetime().nullish(),
  to: z.iso.datetime().nullish(),
});

export interface AuditRow {
  readonly auditId: string;
  readonly at: string;
  readonly actor: { readonly kind: ActorKind; readonly id: string; readonly name: string | null };
  readonly actingAs: readonly string[];
  readonly channel: Channel;
  readonly sessionId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly reason: string | null;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly approvalId: string | null;
  readonly traceId: string | null;
  /** Its place in the chain; null for the few seconds until it is sealed. */
  readonly position: string | null;
}

/** Who did what, newest first. */
export const listAudit = procedure("audit.read")
  .input(auditFilters.extend(pageInput))
  .query(async ({ ctx, input }): Promise<Page<AuditRow>> => {
    const before = readCursor("audit", input.cursor);
    const filter = { ...readAuditFilter(input), withoutAml: isKeptFromAml(ctx.actor) };
    const rows = await searchAudit(ctx.deps.db, { ...filter, before, limit: input.limit + 1 });
    const present = await auditPresenter(ctx.deps, rows);
    return pageOf(rows, input.limit, present, ({ id }) => id);
  });

/** Every action that the log has, for the filter's list. */
export const listActions = procedure("audit.read").query(async ({ ctx }) => {
  const actions = await listAuditActions(ctx.deps.db);
  return isKeptFromAml(ctx.actor) ? actions.filter((action) => !action.startsWith("aml.")) : actions;
});

function isKeptFromAml(actor: Actor): boolean {
  return !mayActor(actor, "aml.read");
}

export function readAuditFilter(input: z.infer<typeof auditFilters>): Omit<AuditFilter, "limit" | "before"> {
  return {
    actorKind: input.actorKind ?? undefined,
    actorId: input.actorId ?? undefined,
    subjectKind: input.subjectKind ?? undefined,
    subjectId: input.subjectId ?? undefined,
    action: input.action ?? undefined,
    from: input.from ?? undefined,
    to: input.to ?? undefined,
  };
}

async function auditPresenter(
  { db }: StaffDeps,
  rows: readonly AuditRecord[],
): Promise<(row: AuditRecord) => AuditRow> {
  const staffId = ({ actorKind, actorId }: AuditRecord): bigint | undefined =>
    actorKind === "staff" ? parseId("staff", actorId) : undefined;
  const names = await listStaffNames(
    db,
    rows.flatMap((row) => staffId(row) ?? []),
  );
  return (row) => ({
    auditId: row.id,
    at: row.at,
    actor: { kind: row.actorKind, id: row.actorId, name: names.get(staffId(row) ?? 0n) ?? null },
    actingAs: row.actingAs,
    channel: row.channel,
    sessionId: row.sessionId,
    ip: row.ip,
    userAgent: row.userAgent,
    action: row.action,
    subject: { kind: row.subjectKind, id: row.subjectId },
    reason: row.reason,
    before: row.before,
    after: row.after,
    approvalId: row.approvalId,
    traceId: row.traceId,
    position: row.position?.toString() ?? null,
  });
}
