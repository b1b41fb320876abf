/**
 * Makes the statement of an affiliate's month from the figures of tied days, or another version of it where days were
 * restated. What says the same as the version before leaves that one standing.
 */

import { findAffiliate, listPlans, type PlanRecord, planOf } from "@pitboss/db/reporting/affiliate-store";
import {
  insertStatement,
  findStatement,
  listStatementMonths,
  listVersions,
  noteBasis,
  readMonthBasis,
  type StatementRecord,
} from "@pitboss/db/reporting/affiliate-statement-store";
import { canonicalJson, type JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { ChargeVersion } from "@pitboss/domain/reporting/charges";
import { buildStatement, dueOf, previousMonth } from "@pitboss/domain/reporting/affiliates/statement";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { hash } from "node:crypto";
import { type Acting, jobActing } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { StoreUnavailable } from "../store/column-store.ts";
import { type LoadedCharges, loadCharges } from "../charges/load-charges.ts";
import { readMonthFigures } from "./read-month-figures.ts";

type Deps = Pick<StaffDeps, "db" | "reports" | "clock">;

export async function makeStatement(
  deps: Deps,
  affiliateId: bigint,
  month: string,
  acting: Acting,
  reason: string,
): Promise<Result<StatementRecord>> {
  const { db, reports, clock } = deps;
  const affiliate = await findAffiliate(db, affiliateId);
  if (affiliate === undefined) return err("AFFILIATE_NOT_FOUND");
  if (month >= new Date(clock.now()).toISOString().slice(0, 7)) {
    return err("STATEMENT_NOT_READY", `${month} is not over.`);
  }
  const plans = await listPlans(db, affiliateId);
  const plan = planOf(plans, month);
  if (plan === undefined) return err("STATEMENT_NOT_READY", `No plan holds in ${month}.`);
  const tied = await readMonthBasis(db, month);
  if (tied === undefined) return err("STATEMENT_NOT_READY", `Not all days of ${month} are tied to the ledger.`);
  const [before] = await listVersions(db, affiliateId, previousMonth(month));
  if (before === undefined && planOf(plans, previousMonth(month)) !== undefined) {
    return err("STATEMENT_NOT_READY", `${previousMonth(month)} comes first.`);
  }
  const charges = await loadCharges(db);
  const basis = basisOf(tied, plan, before, charges);
  const figures = await readMonthFigures(deps, affiliateId, month, {
    plan: plan.plan,
    charges,
    planIn: (other) => planOf(plans, other)?.plan,
  });
  if (!figures.ok) return figures;
  const made = buildStatement({
    affiliateId: formatId("affiliate", affiliateId),
    month,
    currency: reports.currency,
    plan: plan.plan,
    planVersion: plan.version,
    figures: figures.value,
    carriedIn: before?.carriedOut ?? 0n,
  });
  const versions = await listVersions(db, affiliateId, month);
  const [last] = versions;
  if (last !== undefined && canonicalJson(last.body) === canonicalJson(made.body)) {
    await noteBasis(db, last.id, basis);
    return ok(last);
  }
  const approved = versions.filter(({ state }) => state === "APPROVED").map(({ due }) => due);
  const due = dueOf(made.total, approved);
  const version = (last?.version ?? 0) + 1;
  return withAudit(db, acting, async (tx, note) => {
    const id = await insertStatement(tx, {
      affiliateId,
      month,
      version,
      currency: reports.currency,
      total: made.total,
      due,
      carriedOut: made.carriedOut,
      body: made.body,
      hash: hashStatement(made.body, version, formatMinor(due, reports.currency)),
      basis,
      actor: `${acting.actorKind}:${acting.actorId}`,
      reason,
    });
    if (id === undefined) return err("OVERLOADED", "This statement is being made at this moment.");
    note({
      action: "affiliate.make-statement",
      subject: { kind: "affiliate", id: formatId("affiliate", affiliateId) },
      reason,
      ...(last === undefined ? {} : { before: summaryOf(last.version, last.total, last.due, reports.currency) }),
      after: {
        month,
        statementId: formatId("affiliateStatement", id),
        ...summaryOf(version, made.total, due, reports.currency),
      },
    });
    const record = await findStatement(tx, id);
    return record === undefined ? err("STATEMENT_NOT_FOUND") : ok(record);
  });
}

/** Hex SHA-256 of a statement whole. */
function hashStatement(body: JsonObject, version: number, due: string): string {
  return hash("sha256", canonicalJson({ body, version, due }), "hex");
}

function summaryOf(version: number, total: bigint, due: bigint, currency: StatementRecord["currency"]): JsonObject {
  return { version, total: formatMinor(total, currency), due: formatMinor(due, currency), currency };
}

/** What a statement is made of besides its players: any other makes it worth making anew. */
function basisOf(
  tied: string,
  { version, plan }: PlanRecord,
  before: StatementRecord | undefined,
  { versions }: LoadedCharges,
): string {
  const taken = plan.share?.deductions ?? [];
  const kinds = new Set<ChargeVersion["kind"]>([
    ...(taken.includes("provider") ? (["PROVIDER_FEE"] as const) : []),
    ...(taken.includes("tax") ? (["TAX"] as const) : []),
  ]);
  const charged = versions
    .filter(({ kind }) => kinds.has(kind))
    .map((one) => `|${one.kind}:${one.subject}:${one.version}`)
    .sort();
  return hash("sha256", `${tied}|${version}|${before?.id ?? 0n}${charged.join("")}`, "hex");
}

/** Makes what is due, month by month; true where one was made. A month that is not ready holds up no other affiliate. */
export async function makeDueStatements(deps: Deps & Pick<StaffDeps, "log">): Promise<boolean> {
  const { db, clock, log } = deps;
  const charges = await loadCharges(db);
  const ties = new Map<string, string | undefined>();
  for (const { affiliateId, month, basis } of await listStatementMonths(db, new Date(clock.now()))) {
    if (!ties.has(month)) ties.set(month, await readMonthBasis(db, month));
    const tied = ties.get(month);
    if (tied === undefined) continue;
    const plan = planOf(await listPlans(db, affiliateId), month);
    const [before] = await listVersions(db, affiliateId, previousMonth(month));
    if (plan === undefined || basis === basisOf(tied, plan, before, charges)) continue;
    const reason =
      basis === null ? "The month is over" : "Days of this month were restated, or what it follows or is charged";
    try {
      const made = await makeStatement(deps, affiliateId, month, jobActing("affiliate-statements"), reason);
      if (made.ok) return true;
      log.debug(
        { affiliate: formatId("affiliate", affiliateId), month, code: made.error.code },
        "a statement has to wait",
      );
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return false;
    }
  }
  return false;
}
