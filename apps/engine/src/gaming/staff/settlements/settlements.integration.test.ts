/** Bets settled by hand: nobody does it alone, exactly what was approved is paid, and once. */
import { randomUUID } from "node:crypto";
import { findApproval } from "@pitboss/db/identity/approval-store";
import { approvalContents } from "@pitboss/domain/identity/approval-content";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { jobActing } from "../../../audit/acting.ts";
import { findLedgerFaults } from "../../../testing/check-ledger.ts";
import { liveGame, type TestPlayer } from "../../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../../testing/start-office.ts";
import { applySettlements } from "./settle-handler.ts";

let office: Office;
let operations: SignedIn;
let risk: SignedIn;
let compliance: SignedIn;
let player: TestPlayer;
let roundId: string;
const reason = "The provider confirmed it by mail";

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
beforeEach(async () => {
  player = await office.casino.openPlayer({ EUR: "100.00" });
  roundId = randomUUID();
});

async function call(path: string, body: object): Promise<Record<string, unknown>> {
  const { casino } = office;
  const common = { requestId: randomUUID(), playerId: player.playerId, roundId, gameId: liveGame };
  const answer = await casino.call("POST", path, { token: casino.operatorKey, body: { ...common, ...body } });
  return answer.body;
}
const place = async (amount: string): Promise<string> =>
  String((await call("/v1/bets/place", { stake: { amount, currency: "EUR" } }))["betId"]);
const cash = async () => {
  const wallets = await risk.api.player.balances.query({ playerId: player.playerId });
  const found = wallets.find(({ kind }) => kind === "CASH");
  return { available: found?.available, held: found?.held };
};

test("outcomes are paid once two others have approved them, and the round ends with its last bet", async () => {
  const [won, lost, pushed, open] = [
    await place("10.00"),
    await place("5.00"),
    await place("2.00"),
    await place("1.00"),
  ];
  const outcomes = [
    { betId: won, outcome: "WIN" as const, payout: "36.00" },
    { betId: lost, outcome: "LOSE" as const },
    { betId: pushed, outcome: "PUSH" as const },
  ];
  const plan = await risk.api.round.planSettlement.query({ outcomes });
  expect(plan).toMatchObject({
    action: "bet.settle",
    count: 3,
    approvals: 2,
    sums: [{ amount: "43.00", currency: "EUR" }],
    items: [
      { id: won, before: { held: "10.00 EUR" }, after: { outcome: "WIN", paid: "36.00 EUR" } },
      { id: lost, after: { outcome: "LOSE", paid: "0.00 EUR" } },
      { id: pushed, after: { outcome: "PUSH", paid: "2.00 EUR" } },
    ],
  });
  const proposed = await risk.api.round.proposeSettlement.mutate({ outcomes, reason, plan: plan.hash });
  const { approvalId, contentHash } = proposed;
  expect(await cash()).toEqual({ available: "82.00", held: "18.00" });
  expect(await failureOf(risk.api.approval.approve.mutate({ approvalId, contentHash }))).toMatchObject({
    code: "APPROVAL_OWN",
  });
  expect(await operations.api.approval.approve.mutate({ approvalId, contentHash })).toMatchObject({
    approval: { status: "PROPOSED" },
  });
  expect(await cash()).toEqual({ available: "82.00", held: "18.00" });
  expect(await compliance.api.approval.approve.mutate({ approvalId, contentHash })).toMatchObject({
    approval: { status: "APPLIED" },
  });
  expect(await cash()).toEqual({ available: "120.00", held: "1.00" });

  const last = await risk.api.round.proposeSettlement.mutate({ outcomes: [{ betId: open, outcome: "LOSE" }], reason });
  const hash = { approvalId: last.approvalId, contentHash: last.contentHash };
  await operations.api.approval.approve.mutate(hash);
  await compliance.api.approval.approve.mutate(hash);
  const round = { playerId: player.playerId, provider: "pragm", roundId };
  expect(await risk.api.round.show.query(round)).toMatchObject({ status: "CLOSED" });
  expect((await call("/v1/bets/place", { stake: { amount: "1.00", currency: "EUR" } }))["code"]).toBe("ROUND_CLOSED");
  const { rows } = await (await office.signIn(office.people.auditor)).api.audit.list.query({ action: "bet.settle" });
  expect(rows).toHaveLength(2);
});

test("what can't be settled so is left out, and says why", async () => {
  const betId = await place("10.00");
  const plan = (outcome: object) =>
    risk.api.round.planSettlement.query({ outcomes: [{ betId, outcome: "WIN", ...outcome }] });
  expect((await plan({})).leftOut).toMatchObject([{ code: "AMOUNT_INVALID" }]);
  expect((await plan({ payout: "0.00" })).leftOut).toMatchObject([{ code: "AMOUNT_INVALID" }]);
  expect((await plan({ payout: "1.001" })).leftOut).toMatchObject([{ code: "AMOUNT_INVALID" }]);
  expect((await plan({ outcome: "LOSE", payout: "1.00" })).leftOut).toMatchObject([{ code: "AMOUNT_INVALID" }]);
  expect((await plan({ betId: "bet_zzzz", payout: "1.00" })).leftOut).toMatchObject([{ code: "BET_NOT_FOUND" }]);
  const selection = { by: "bet" as const, betId };
  await operations.api.bet.proposeVoid.mutate({ selection, reason });
  expect((await plan({ payout: "1.00" })).leftOut).toMatchObject([{ code: "NOTHING_CHANGES" }]);
  const outcomes = [{ betId, outcome: "LOSE" as const }];
  const finance = await office.signIn(office.people.finance);
  expect(await failureOf(finance.api.round.planSettlement.query({ outcomes }))).toMatchObject({ code: "NOT_ALLOWED" });
  expect(
    await failureOf(risk.api.round.proposeSettlement.mutate({ outcomes, reason, plan: "0123456789abcdef" })),
  ).toMatchObject({ code: "PLAN_CHANGED" });
});

test("a result of the provider that came first stands, and a run that was cut off pays nothing twice", async () => {
  const [betId, other] = [await place("10.00"), await place("4.00")];
  const outcomes = [
    { betId, outcome: "WIN" as const, payout: "20.00" },
    { betId: other, outcome: "LOSE" as const },
  ];
  const { approvalId, contentHash } = await risk.api.round.proposeSettlement.mutate({ outcomes, reason });
  await call("/v1/rounds/settle", { bets: [{ betId, outcome: "LOSE" }], closed: false });
  await operations.api.approval.approve.mutate({ approvalId, contentHash });
  await compliance.api.approval.approve.mutate({ approvalId, contentHash });
  // A round stands or falls as a whole: the other bet waits for a new proposal.
  expect(await cash()).toEqual({ available: "86.00", held: "4.00" });
  const record = await findApproval(office.casino.db, parseId("approval", approvalId) ?? 0n);
  expect(record).toMatchObject({
    status: "APPLIED",
    result: { settled: 0, refused: [{ roundId, code: "BET_ALREADY_SETTLED" }] },
  });

  roundId = randomUUID();
  const again = await place("6.00");
  const proposed = await risk.api.round.proposeSettlement.mutate({
    outcomes: [{ betId: again, outcome: "WIN", payout: "9.00" }],
    reason,
  });
  const { deps } = office;
  const broken = {
    ...deps,
    db: deps.db,
    lanes: { submit: () => Promise.resolve({ kind: "failed", failure: { code: "OVERLOADED" } }) },
  };
  const hash = { approvalId: proposed.approvalId, contentHash: proposed.contentHash };
  await operations.api.approval.approve.mutate(hash);
  await compliance.api.approval.approve.mutate(hash);
  expect(await cash()).toEqual({ available: "89.00", held: "4.00" });
  const done = await findApproval(office.casino.db, parseId("approval", proposed.approvalId) ?? 0n);
  if (done === undefined) throw new Error("the proposal is kept");
  const { snapshot: _facts, ...asked } = done.content;
  const content = approvalContents["bets.settle"].parse(asked);
  const open = { ...done, status: "APPROVED" as const };
  const acting = jobActing("apply-settlements");
  expect(await applySettlements(broken as unknown as typeof deps, acting, open, content)).toMatchObject({
    ok: false,
    error: { code: "OVERLOADED" },
  });
  // As an engine leaves it that stopped between the last round and the mark: the job goes through the same list again.
  await office.casino.db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL ROLE NONE`);
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    await tx.execute(
      sql`UPDATE approvals SET status = 'APPROVED', closed_at = NULL, applied_by = NULL WHERE id = ${done.id}`,
    );
  });
  await expect
    .poll(async () => (await findApproval(office.casino.db, done.id))?.status, { timeout: 30_000 })
    .toBe("APPLIED");
  expect(await findApproval(office.casino.db, done.id)).toMatchObject({ result: { settled: 1, refused: [] } });
  expect(await cash()).toEqual({ available: "89.00", held: "4.00" });
});
