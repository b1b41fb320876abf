import { randomUUID } from "node:crypto";
import { countApprovalBets } from "@pitboss/db/identity/approval-bets-store";
import { findApproval } from "@pitboss/db/identity/approval-store";
import { openSession } from "@pitboss/db/kernel/session";
import { approvalContents } from "@pitboss/domain/identity/approval-content";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { jobActing } from "../../../audit/acting.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { findLedgerFaults } from "../../../testing/check-ledger.ts";
import { startEngineProcess } from "../../../simulation/engine-process.ts";
import { liveGame, numberOf, type TestPlayer } from "../../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../../testing/start-office.ts";
import { applyVoids } from "./void-handler.ts";
import { runVoids } from "./run-voids.ts";

let office: Office;
let operations: SignedIn;
let risk: SignedIn;
let compliance: SignedIn;
beforeAll(async () => {
  office = await startOffice();
  const { people } = office;
  [operations, risk, compliance] = (await Promise.all(
    [people.operations, people.risk, people.compliance].map((who) => office.signIn(who)),
  )) as [SignedIn, SignedIn, SignedIn];
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await office.close();
});

let player: TestPlayer;
let roundId: string;
beforeEach(async () => {
  player = await office.casino.openPlayer({ EUR: "1000.00" });
  roundId = randomUUID();
});

const reason = "The table broke down";

async function place(stake = "5.00", to: TestPlayer = player): Promise<string> {
  const placed = await office.casino.call("POST", "/v1/bets/place", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId: to.playerId,
      roundId,
      gameId: liveGame,
      stake: { amount: stake, currency: "EUR" },
    },
  });
  expect(placed.status).toBe(200);
  return String(placed.body["betId"]);
}

async function settle(betId: string, stake?: string): Promise<void> {
  const settled = await office.casino.call("POST", "/v1/rounds/settle", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId: player.playerId,
      roundId,
      gameId: liveGame,
      closed: false,
      bets: [{ betId, outcome: "LOSE", ...(stake === undefined ? {} : { stake: { amount: stake, currency: "EUR" } }) }],
    },
  });
  expect(settled.status).toBe(200);
}

const placeMany = (count: number): Promise<string[]> => Promise.all(Array.from({ length: count }, () => place("1.00")));

const balance = async (): Promise<string> => {
  const wallets = await risk.api.player.balances.query({ playerId: player.playerId });
  return wallets.find(({ kind }) => kind === "CASH")?.available ?? "none";
};
const statusOf = async (betId: string): Promise<string> => (await risk.api.bet.show.query({ betId })).status;
const idAndHash = ({ approvalId, contentHash }: { approvalId: string; contentHash: string }) => ({
  approvalId,
  contentHash,
});

describe("a void", () => {
  test("of one bet gives the stake back once somebody else approves it, and never to whoever proposed it", async () => {
    const betId = await place();
    const selection = { by: "bet" as const, betId };
    const plan = await risk.api.bet.planVoid.query({ selection });
    expect(plan).toMatchObject({
      kind: "bet.void",
      count: 1,
      approvals: 1,
      sums: [{ currency: "EUR", amount: "5.00" }],
      items: [{ id: betId, before: { status: "HELD", held: "5.00 EUR" }, after: { status: "VOIDED" } }],
    });
    const proposed = await risk.api.bet.proposeVoid.mutate({ selection, reason, plan: plan.hash });
    expect(proposed).toMatchObject({
      status: "PROPOSED",
      amount: { amount: "5.00", currency: "EUR" },
      subject: { kind: "player", id: player.playerId },
    });
    expect(await failureOf(risk.api.approval.approve.mutate(idAndHash(proposed)))).toMatchObject({
      code: "APPROVAL_OWN",
    });
    expect(await statusOf(betId)).toBe("HELD");
    const decided = await operations.api.approval.approve.mutate(idAndHash(proposed));
    expect(decided).toMatchObject({
      approval: { status: "APPLIED", result: { voided: 1, refused: 0, open: 0 } },
      notApplied: null,
    });
    expect(await statusOf(betId)).toBe("VOIDED");
    expect(await balance()).toBe("1000.00");
    const audit = await compliance.api.audit.list.query({ subjectKind: "player", subjectId: player.playerId });
    expect(
      audit.rows
        .filter((row) => row.approvalId === proposed.approvalId)
        .map(({ action, actor }) => [action, actor.name]),
    ).toEqual([
      ["approval.apply", "operations"],
      ["bet.void", "operations"],
      ["approval.approve", "operations"],
      ["approval.propose", "risk"],
    ]);
  });

  test("needs the permission to propose, and one to approve", async () => {
    const betId = await place();
    const support = await office.signIn(office.people.support);
    const selection = { by: "bet" as const, betId };
    expect(await failureOf(support.api.bet.proposeVoid.mutate({ selection, reason }))).toMatchObject({
      code: "NOT_ALLOWED",
    });
    const proposed = await risk.api.bet.proposeVoid.mutate({ selection, reason });
    const admin = await office.signIn(office.people.admin);
    expect(await failureOf(admin.api.approval.approve.mutate(idAndHash(proposed)))).toMatchObject({
      code: "NOT_ALLOWED",
    });
  });

  test("of a bet that is proposed already is not proposed twice", async () => {
    const betId = await place();
    const selection = { by: "bet" as const, betId };
    await risk.api.bet.proposeVoid.mutate({ selection, reason });
    expect(await failureOf(risk.api.bet.proposeVoid.mutate({ selection, reason }))).toMatchObject({
      code: "NOTHING_CHANGES",
    });
  });

  test("is proposed as it was planned, or not at all", async () => {
    const bets = [await place(), await place()];
    const selection = { by: "list" as const, betIds: bets };
    const { hash } = await risk.api.bet.planVoid.query({ selection });
    await settle(bets[0] ?? "");
    expect(await failureOf(risk.api.bet.proposeVoid.mutate({ selection, reason, plan: hash }))).toMatchObject({
      code: "PLAN_CHANGED",
    });
  });

  test("of a round takes every bet that it still holds, and leaves the settled ones", async () => {
    const [settled, part, held] = [await place(), await place("8.00"), await place("2.00")];
    await settle(settled);
    await settle(part, "3.00");
    const selection = { by: "round" as const, playerId: player.playerId, provider: "pragm", roundId };
    const plan = await risk.api.bet.planVoid.query({ selection });
    expect(plan).toMatchObject({ kind: "round.void", count: 2, sums: [{ amount: "7.00" }] });
    expect(plan.leftOut).toMatchObject([{ id: settled, code: "BET_ALREADY_SETTLED" }]);
    const proposed = await risk.api.bet.proposeVoid.mutate({ selection, reason, plan: plan.hash });
    await operations.api.approval.approve.mutate(idAndHash(proposed));
    expect([await statusOf(settled), await statusOf(part), await statusOf(held)]).toEqual([
      "SETTLED",
      "VOIDED",
      "VOIDED",
    ]);
    // 15.00 were staked; 5.00 and 3.00 of them lost.
    expect(await balance()).toBe("992.00");
  });

  test("says of each bet what became of it: one that was settled meanwhile, or holds another sum, stays as it is", async () => {
    const [gone, part, held] = [await place(), await place("8.00"), await place("2.00")];
    const proposed = await risk.api.bet.proposeVoid.mutate({
      selection: { by: "list", betIds: [gone, part, held] },
      reason,
    });
    await settle(gone);
    await settle(part, "3.00");
    const decided = await operations.api.approval.approve.mutate(idAndHash(proposed));
    expect(decided.approval).toMatchObject({ status: "APPLIED", result: { voided: 1, refused: 2, open: 0 } });
    const { rows, next } = await risk.api.approval.bets.query({ approvalId: proposed.approvalId });
    expect(next).toBeNull();
    expect(rows.map(({ betId, outcome, failure }) => [betId, outcome, failure?.["code"] ?? null])).toEqual([
      [gone, "REFUSED", "BET_ALREADY_SETTLED"],
      [part, "REFUSED", "PLAN_CHANGED"],
      [held, "VOIDED", null],
    ]);
  });

  test("by a filter takes what is held at that time in that game, and no other player's where one is named", async () => {
    const other = await office.casino.openPlayer({ EUR: "10.00" });
    const before = new Date(Date.now() - 60_000).toISOString();
    const [mine, settled] = [await place(), await place()];
    await settle(settled);
    const theirs = await place("1.00", other);
    const filter = { from: before, gameId: liveGame, playerId: player.playerId };
    const plan = await risk.api.bet.planVoid.query({ selection: { by: "filter", filter } });
    expect(plan.items.map(({ id }) => id)).toEqual([mine]);
    const all = await risk.api.bet.planVoid.query({ selection: { by: "filter", filter: { from: before } } });
    expect(all.items.map(({ id }) => id)).toEqual(expect.arrayContaining([mine, theirs]));
    const withoutStart = { by: "filter" as const, filter: { gameId: liveGame } as unknown as typeof filter };
    expect(await failureOf(risk.api.bet.planVoid.query({ selection: withoutStart }))).toMatchObject({
      code: "REQUEST_INVALID",
    });
    const proposed = await risk.api.bet.proposeVoid.mutate({ selection: { by: "filter", filter }, reason });
    expect(proposed.content["selection"]).toEqual({ by: "filter", filter });
    await operations.api.approval.reject.mutate({ ...idAndHash(proposed), reason: "It was no fault" });
    expect(await statusOf(mine)).toBe("HELD");
  });
});

describe("a bulk", () => {
  test("is voided in the background, bet by bet, each once", async () => {
    const bets = await placeMany(60);
    const proposed = await risk.api.bet.proposeVoid.mutate({ selection: { by: "list", betIds: bets }, reason });
    const { approval } = await operations.api.approval.approve.mutate(idAndHash(proposed));
    expect(["APPROVED", "APPLIED"]).toContain(approval.status);
    await expectApplied(proposed.approvalId);
    expect(await balance()).toBe("1000.00");
  });

  test("goes on after the engine was killed in the middle of it, and gives nothing back twice", async () => {
    // Two players one after the other have lanes of their own: while one of them is held up, the other one's bets go.
    const other = await office.casino.openPlayer({ EUR: "1000.00" });
    const mine = await placeMany(30);
    const theirs = await Promise.all(Array.from({ length: 30 }, () => place("1.00", other)));
    const selection = { by: "list" as const, betIds: [...mine, ...theirs] };
    const { approvalId } = await risk.api.bet.proposeVoid.mutate({ selection, reason });
    await office.casino.stopEngine();
    await approveBySql(approvalId);
    const holder = await openSession({ url: office.casino.databaseUrl, applicationName: "holder" });
    await holder.client.query("BEGIN");
    await holder.client.query("SELECT FROM players WHERE id = $1 FOR UPDATE", [numberOf(other.playerId).toString()]);
    const engine = await startEngineProcess({ databaseUrl: office.casino.databaseUrl, dataDir: office.casino.dataDir });
    const id = parseId("approval", approvalId) ?? 0n;
    const counts = () => countApprovalBets(office.casino.db, id);
    await expect.poll(counts, { timeout: 20_000 }).toEqual({ voided: 30, refused: 0, open: 30 });
    await engine.kill();
    await holder.client.query("ROLLBACK");
    await holder.close();
    await office.casino.restart();
    await expect.poll(counts, { timeout: 20_000 }).toEqual({ voided: 60, refused: 0, open: 0 });
    await expectApplied(approvalId);
    expect(await balance()).toBe("1000.00");
    const { rows } = await office.casino.db.execute<{ count: string }>(
      sql`SELECT count(*) FROM bet_transitions t JOIN approval_bets b ON b.bet_id = t.bet_id WHERE b.approval_id = ${id}`,
    );
    expect(rows).toEqual([{ count: "60" }]);
  });

  test("that the doors fail in the middle of stays approved and is finished later, by the same request ids", async () => {
    const bets = await placeMany(10);
    const proposed = await risk.api.bet.proposeVoid.mutate({ selection: { by: "list", betIds: bets }, reason });
    const id = parseId("approval", proposed.approvalId) ?? 0n;
    await approveBySql(proposed.approvalId);
    const record = await findApproval(office.deps.db, id);
    if (record === undefined) throw new Error("the proposal is there");
    const closed: StaffDeps = {
      ...office.deps,
      lanes: { submit: () => Promise.resolve({ kind: "failed", failure: { code: "OVERLOADED" } }) },
    };
    const content = approvalContents["bets.void"].parse(record.content);
    const refused = await applyVoids(closed, jobActing("test"), record, content, "job");
    expect(refused).toMatchObject({ ok: false, error: { code: "OVERLOADED" } });
    await expectApplied(proposed.approvalId);
    expect(await balance()).toBe("1000.00");
  });

  test("whose list somebody changed in the database is not voided", async () => {
    const bets = await placeMany(3);
    const proposed = await risk.api.bet.proposeVoid.mutate({ selection: { by: "list", betIds: bets }, reason });
    const changed = sql`UPDATE approval_bets SET held = 1000000 WHERE approval_id = ${parseId("approval", proposed.approvalId)}`;
    await expect(asOwner(changed)).rejects.toThrow();
    await asOwner(sql`SET LOCAL session_replication_role = replica`, changed);
    const decided = await operations.api.approval.approve.mutate(idAndHash(proposed));
    expect(decided).toMatchObject({ approval: { status: "APPROVED" }, notApplied: { code: "APPROVAL_CHANGED" } });
    expect(await runVoids(office.deps)).toBe(false);
    expect(await statusOf(bets[0] ?? "")).toBe("HELD");
  });

  test("reaches no further than its policy, which changes under four eyes", async () => {
    const finance = await office.signIn(office.people.finance);
    const policy = await compliance.api.approval.proposePolicy.mutate({
      kind: "bets.void",
      currency: "EUR",
      fromAmount: "0",
      approvals: 1,
      openHours: 24,
      mostItems: 2,
      mostAmount: "20.00",
      remove: false,
      reason: "Smaller lists for the test",
    });
    await finance.api.approval.approve.mutate(idAndHash(policy));
    const three = { by: "list" as const, betIds: [await place(), await place(), await place()] };
    const tooMany = await failureOf(risk.api.bet.planVoid.query({ selection: three }));
    expect(tooMany).toMatchObject({ code: "PROPOSAL_TOO_LARGE", data: { mostItems: 2 } });
    expect(await failureOf(risk.api.bet.proposeVoid.mutate({ selection: three, reason }))).toMatchObject({
      code: "PROPOSAL_TOO_LARGE",
    });
    const dear = { by: "list" as const, betIds: [await place("15.00"), await place("6.00")] };
    expect(await failureOf(risk.api.bet.proposeVoid.mutate({ selection: dear, reason }))).toMatchObject({
      code: "PROPOSAL_TOO_LARGE",
      data: { mostAmount: "20.00 EUR" },
    });
    const policies = await compliance.api.approval.policies.query();
    expect(policies).toContainEqual(
      expect.objectContaining({ kind: "bets.void", currency: "EUR", mostItems: 2, mostAmount: "20.00" }),
    );
  });
});

async function expectApplied(approvalId: string): Promise<void> {
  const id = parseId("approval", approvalId) ?? 0n;
  const show = async () => (await findApproval(office.casino.db, id))?.status;
  await expect.poll(show, { timeout: 20_000 }).toBe("APPLIED");
}

/** Approved as the engine would, without anybody applying it at once. */
async function approveBySql(approvalId: string): Promise<void> {
  const id = parseId("approval", approvalId);
  await asOwner(
    sql`INSERT INTO approval_decisions (approval_id, staff_id, maker_id, content_hash, decision)
        SELECT id, ${office.people.operations.staffId}, proposed_by, content_hash, 'APPROVED' FROM approvals WHERE id = ${id}`,
    sql`UPDATE approvals SET status = 'APPROVED' WHERE id = ${id}`,
  );
}

/** As the database's owner, in one transaction. */
async function asOwner(...statements: readonly SQL[]): Promise<void> {
  await office.casino.db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL ROLE NONE`);
    for (const statement of statements) await tx.execute(statement);
  });
}
