/** What the house tells people by itself. */
import type { JsonObject } from "@pitboss/domain/kernel/json";
import type { AlertKind } from "@pitboss/domain/ops/house-alerts";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { staff } from "../identity/staff.schema.ts";
import { houseAlerts } from "./house-alerts.schema.ts";

export interface HouseAlert {
  readonly id: bigint;
  readonly kind: AlertKind;
  /** What it is about: a provider's code, a run's id. */
  readonly subject: string;
  readonly data: JsonObject;
  /** How often its cause was met since it was opened. */
  readonly times: number;
  readonly openedAt: Date;
  readonly seenAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: { readonly id: bigint; readonly name: string } | null;
}

/** True where nothing was open about it yet. */
export async function raiseAlert(
  db: Executor,
  alert: { readonly kind: AlertKind; readonly subject: string; readonly data: JsonObject; readonly at: Date },
): Promise<boolean> {
  const at = alert.at.toISOString();
  const [row] = await queryRows<{ opened: boolean }>(
    db,
    sql`INSERT INTO house_alerts (kind, subject, data, opened_at, seen_at)
        VALUES (${alert.kind}, ${alert.subject}, ${JSON.stringify(alert.data)}::jsonb, ${at}::timestamptz, ${at}::timestamptz)
        ON CONFLICT (kind, subject) WHERE closed_at IS NULL
        DO UPDATE SET data = excluded.data, seen_at = excluded.seen_at, times = house_alerts.times + 1
        RETURNING times = 1 AS opened`,
  );
  return row?.opened === true;
}

/** True where one was open. */
export async function closeAlert(db: Executor, kind: AlertKind, subject: string, at: Date): Promise<boolean> {
  const closed = await db
    .update(houseAlerts)
    .set({ closedAt: at })
    .where(and(eq(houseAlerts.kind, kind), eq(houseAlerts.subject, subject), isNull(houseAlerts.closedAt)))
    .returning({ id: houseAlerts.id });
  return closed.length > 0;
}

/** Oldest first; there is one for a kind and subject at most, so there are never many. */
export async function listOpenAlerts(db: Executor): Promise<HouseAlert[]> {
  const rows = await db
    .select({ alert: houseAlerts, name: staff.name })
    .from(houseAlerts)
    .leftJoin(staff, eq(staff.id, houseAlerts.acknowledgedBy))
    .where(isNull(houseAlerts.closedAt))
    .orderBy(asc(houseAlerts.id));
  return rows.map(({ alert, name }) => ({
    ...alert,
    acknowledgedBy: alert.acknowledgedBy === null ? null : { id: alert.acknowledgedBy, name: name ?? "" },
  }));
}

/** False where it is not open, or somebody has taken it already. */
export async function acknowledgeAlert(db: Executor, id: bigint, staffId: bigint, at: Date): Promise<boolean> {
  const taken = await db
    .update(houseAlerts)
    .set({ acknowledgedBy: staffId, acknowledgedAt: at })
    .where(and(eq(houseAlerts.id, id), isNull(houseAlerts.closedAt), isNull(houseAlerts.acknowledgedBy)))
    .returning({ id: houseAlerts.id });
  return taken.length > 0;
}
