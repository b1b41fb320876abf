import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../embedded/test-database.ts";

/** Everything here is plain SQL as the superuser: the database itself must refuse, whatever the engine thinks. */
let database: TestDatabase;
let sql: pg.Client;
let maker: string;
let checker: string;
let other: string;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO staff (email, name, status, password_hash)
     SELECT name || '@example.test', name, 'ACTIVE', 'x' FROM unnest(ARRAY['maker', 'checker', 'other']) AS name RETURNING id`,
  );
  [maker = "", checker = "", other = ""] = rows.map(({ id }) => id);
});

afterAll(async () => {
  await sql.end();
  await database.drop();
});

let hash: Buffer;
beforeEach(() => {
  hash = Buffer.alloc(32, 7);
});

async function propose(over: Record<string, unknown> = {}): Promise<string> {
  const row: Record<string, unknown> = {
    kind: "staff.role-grant",
    content: JSON.stringify({ staffId: "st_3", role: "finance" }),
    content_hash: hash,
    summary: "A role",
    subject_kind: "staff",
    subject_id: "st_3",
    required: 1,
    proposed_by: maker,
    expires_at: new Date(Date.now() + 3_600_000),
    ...over,
  };
  const names = Object.keys(row);
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO approvals (${names.join(", ")}) VALUES (${names.map((_, index) => `$${index + 1}`).join(", ")}) RETURNING id`,
    Object.values(row),
  );
  return rows[0]?.id ?? "";
}

function decide(approval: string, staff: string, makerId = maker, contentHash = hash): Promise<unknown> {
  return sql.query(
    `INSERT INTO approval_decisions (approval_id, staff_id, maker_id, content_hash, decision) VALUES ($1, $2, $3, $4, 'APPROVED')`,
    [approval, staff, makerId, contentHash],
  );
}

const setStatus = (approval: string, status: string): Promise<unknown> =>
  sql.query("UPDATE approvals SET status = $2 WHERE id = $1", [approval, status]);

test("the maker of a proposal can't be its checker", async () => {
  const approval = await propose();
  await expect(decide(approval, maker)).rejects.toMatchObject({ constraint: "maker_is_not_checker" });
});

test("the maker can't be passed off as somebody else", async () => {
  const approval = await propose();
  await expect(decide(approval, maker, checker)).rejects.toMatchObject({ code: "23503" });
});

test("a decision on other content than the proposed one is refused", async () => {
  const approval = await propose();
  await expect(decide(approval, checker, maker, Buffer.alloc(32, 8))).rejects.toMatchObject({ code: "23503" });
});

test("a proposal is not approved by a change of its status alone", async () => {
  const approval = await propose();
  await expect(setStatus(approval, "APPROVED")).rejects.toThrow(/has 0 of 1 approvals/);
  await expect(setStatus(approval, "APPLIED")).rejects.toThrow(/does not go from PROPOSED to APPLIED/);
});

test("one person's approval does not count for two", async () => {
  const approval = await propose({ required: 2 });
  await decide(approval, checker);
  await expect(decide(approval, checker)).rejects.toMatchObject({ code: "23505" });
  await expect(setStatus(approval, "APPROVED")).rejects.toThrow(/has 1 of 2 approvals/);
  await decide(approval, other);
  await setStatus(approval, "APPROVED");
});

test("a proposal can't begin approved, and its content can't change", async () => {
  await expect(propose({ status: "APPROVED" })).rejects.toThrow(/begins as PROPOSED/);
  const approval = await propose();
  await expect(sql.query("UPDATE approvals SET content = '{}' WHERE id = $1", [approval])).rejects.toThrow(
    /does not change/,
  );
  await expect(sql.query("UPDATE approvals SET required = 0 WHERE id = $1", [approval])).rejects.toThrow(
    /does not change/,
  );
  await expect(sql.query("DELETE FROM approvals WHERE id = $1", [approval])).rejects.toThrow(/append-only/);
});

test("a decision can't be changed, taken back or added after the end", async () => {
  const approval = await propose();
  await decide(approval, checker);
  await expect(sql.query("UPDATE approval_decisions SET decision = 'REJECTED'")).rejects.toThrow(/append-only/);
  await expect(sql.query("DELETE FROM approval_decisions")).rejects.toThrow(/append-only/);
  await setStatus(approval, "APPROVED");
  await expect(decide(approval, other)).rejects.toThrow(/is not open/);
});

test("a proposal that has run out takes no approval and is not applied", async () => {
  const approval = await propose({ expires_at: new Date(Date.now() - 1_000) });
  await expect(decide(approval, checker)).rejects.toThrow(/is not open/);
});

test("no kind but an adjustment goes without a second person", async () => {
  await expect(propose({ required: 0 })).rejects.toMatchObject({ constraint: "second_person" });
  await propose({ required: 0, kind: "wallet.adjustment" });
});

test("a policy is added under four eyes only, and never changed", async () => {
  const insert =
    "INSERT INTO approval_policies (kind, approvals, open_hours, approval_id) VALUES ('staff.role-grant', 1, 1, $1)";
  await expect(sql.query(insert, [null])).rejects.toThrow(/under four eyes/);
  await expect(sql.query(insert, [await propose({ kind: "approval.policy" })])).rejects.toThrow(/under four eyes/);
  await expect(sql.query("UPDATE approval_policies SET approvals = 0")).rejects.toThrow(/append-only/);
});

test("a powerful role takes an approval that names the person and the role", async () => {
  const { rows } = await sql.query<{ other: string }>("SELECT public_id('st', $1) AS other", [other]);
  const grant = (role: string, approval: string | null): Promise<unknown> =>
    sql.query("INSERT INTO staff_roles (staff_id, role, approval_id) VALUES ($1, $2, $3)", [other, role, approval]);
  await sql.query("INSERT INTO staff_roles (staff_id, role) VALUES ($1, 'admin'), ($2, 'admin')", [maker, checker]);
  await expect(grant("finance", null)).rejects.toThrow(/takes a second person/);
  const approval = await propose({ content: JSON.stringify({ staffId: rows[0]?.other, role: "finance" }) });
  await expect(grant("finance", approval)).rejects.toThrow(/takes a second person/);
  await decide(approval, checker);
  await setStatus(approval, "APPROVED");
  await expect(grant("admin", approval)).rejects.toThrow(/takes a second person/);
  await grant("finance", approval);
  await grant("support", null);
});

test("the engine's role can't write the audit log's past or the decisions'", async () => {
  await sql.query("SET ROLE pitboss_app");
  try {
    for (const table of ["audit_log", "audit_chain", "audit_checkpoints", "approval_decisions", "sign_in_attempts"]) {
      for (const statement of [`DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
        await expect(sql.query(statement)).rejects.toMatchObject({ code: "42501" });
      }
    }
    await expect(sql.query("UPDATE audit_log SET action = ''")).rejects.toMatchObject({ code: "42501" });
    await expect(sql.query("UPDATE approvals SET content = '{}'")).rejects.toMatchObject({ code: "42501" });
  } finally {
    await sql.query("RESET ROLE");
  }
});
