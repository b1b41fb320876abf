/** The cashier's rules of all families, in one form: a family is a table, its subject some columns, its fields the others. */
import {
  type CashierRuleFamily,
  type CashierRuleSubject,
  type CashierRuleValues,
  cashierRuleFamilies,
  fieldsOf,
} from "@pitboss/domain/cashier/cashier-rule";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface CashierRuleRecord {
  readonly id: bigint;
  readonly family: CashierRuleFamily;
  readonly subject: string;
  readonly values: CashierRuleValues;
  readonly effectiveFrom: Date;
  /** Null on those that the house began with. */
  readonly approvalId: bigint | null;
}

interface FamilyTable {
  readonly table: string;
  /** The subject as text, as the domain writes it. */
  readonly subject: SQL;
  readonly columns: (subject: CashierRuleSubject) => Readonly<Record<string, string | undefined>>;
}

const tables: Readonly<Record<CashierRuleFamily, FamilyTable>> = {
  DEPOSIT: {
    table: "deposit_rules",
    subject: sql`lower(method) || ' ' || currency`,
    columns: ({ method, currency }) => ({ method, currency }),
  },
  PAYOUT: { table: "payout_policies", subject: sql`currency`, columns: ({ currency }) => ({ currency }) },
  TAKE_BACK: { table: "payout_jurisdictions", subject: sql`country`, columns: ({ country }) => ({ country }) },
  CHARGEBACK: { table: "chargeback_rules", subject: sql`'*'::text`, columns: () => ({}) },
  CRYPTO: { table: "crypto_policies", subject: sql`asset`, columns: ({ asset }) => ({ asset }) },
};

const columnOf = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** By family and subject, and of a subject in the order in which they begin to hold: the last that has begun holds. */
export async function listCashierRules(db: Executor): Promise<CashierRuleRecord[]> {
  const families = await Promise.all(cashierRuleFamilies.map((family) => listFamily(db, family)));
  return families.flat();
}

/** Takes what one subject of a family has, in the same order. */
export async function listRulesOf(
  db: Executor,
  family: CashierRuleFamily,
  subject: string,
): Promise<CashierRuleRecord[]> {
  return (await listFamily(db, family)).filter((rule) => rule.subject === subject);
}

async function listFamily(db: Executor, family: CashierRuleFamily): Promise<CashierRuleRecord[]> {
  const { table, subject } = tables[family];
  const fields = Object.entries(fieldsOf(family));
  const columns = fields.map(([name]) => sql`${sql.identifier(columnOf(name))}::text AS ${sql.identifier(name)}`);
  const rows = await queryRows<Record<string, string | null>>(
    db,
    sql`SELECT id::text AS "ruleId", ${subject} AS "ruleSubject", effective_from::text AS "ruleFrom",
               approval_id::text AS "ruleApproval", ${sql.join(columns, sql`, `)}
          FROM ${sql.identifier(table)} ORDER BY (${subject}) COLLATE "C", effective_from, id`,
  );
  return rows.map((row) => ({
    id: BigInt(row["ruleId"] ?? ""),
    family,
    subject: row["ruleSubject"] ?? "",
    effectiveFrom: readInstant(row["ruleFrom"] ?? ""),
    approvalId: typeof row["ruleApproval"] === "string" ? BigInt(row["ruleApproval"]) : null,
    values: Object.fromEntries(
      fields.map(([name, { kind }]) => [name, kind === "flag" ? row[name] === "true" : BigInt(row[name] ?? "")]),
    ),
  }));
}

/** Inserts it under the proposal that brought it; the database refuses one that wasn't approved. */
export async function insertCashierRule(
  db: Executor,
  rule: Pick<CashierRuleRecord, "family" | "values" | "effectiveFrom"> & {
    readonly subject: CashierRuleSubject;
    readonly approvalId: bigint;
  },
): Promise<bigint> {
  const { table, columns } = tables[rule.family];
  const cells: (readonly [column: string, value: SQL])[] = [
    ...Object.entries(columns(rule.subject)).map(([column, value]) => [column, sql`${value}`] as const),
    ...Object.entries(rule.values).map(([name, value]) => [columnOf(name), sql`${value}`] as const),
    ["effective_from", sql`${rule.effectiveFrom}`],
    ["approval_id", sql`${rule.approvalId}`],
  ];
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO ${sql.identifier(table)}
          (${sql.join(
            cells.map(([column]) => sql.identifier(column)),
            sql`, `,
          )})
        VALUES (${sql.join(
          cells.map(([, value]) => value),
          sql`, `,
        )}) RETURNING id`,
  );
  if (row === undefined) throw new Error(`no rule of ${rule.family} was inserted`);
  return BigInt(row.id);
}
