import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { numberOf } from "../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import { runUpkeep } from "../keys/upkeep.ts";

let office: Office;
let support: SignedIn;
let finance: SignedIn;
let compliance: SignedIn;
beforeAll(async () => {
  office = await startOffice();
  const { people } = office;
  [support, finance, compliance] = (await Promise.all(
    [people.support, people.finance, people.compliance].map((who) => office.signIn(who)),
  )) as [SignedIn, SignedIn, SignedIn];
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await office.close();
});

const adjustment = (playerId: string, amount: string, direction: "INTO_PLAYER" | "FROM_PLAYER" = "INTO_PLAYER") => ({
  playerId,
  currency: "EUR" as const,
  amount,
  direction,
  category: "GOODWILL" as const,
  reason: "The wheel stuck during the player's spin",
  ticket: "HD-4711",
});

const balanceOf = async (playerId: string): Promise<string> =>
  (await support.api.player.balances.query({ playerId })).find(({ kind }) => kind === "CASH")?.available ?? "none";

describe("a manual adjustment", () => {
  test("moves money once a second person has approved it, with an audit row for each step", async () => {
    const { playerId } = await office.casino.openPlayer({ EUR: "10.00" });
    const proposed = await support.api.approval.proposeAdjustment.mutate(adjustment(playerId, "25.50"));
    expect(proposed).toMatchObject({
      status: "PROPOSED",
      required: 1,
      mayDecide: false,
      mayWithdraw: true,
      content: { snapshot: { available: "10.00", availableAfter: "35.50" } },
    });
    expect(await balanceOf(playerId)).toBe("10.00");
    const inbox = await finance.api.approval.list.query({ box: "inbox" });
    expect(inbox.rows.map(({ approvalId }) => approvalId)).toContain(proposed.approvalId);
    const { approvalId, contentHash } = proposed;
    const decided = await finance.api.approval.approve.mutate({ approvalId, contentHash });
    expect(decided).toMatchObject({ approval: { status: "APPLIED" }, notApplied: null });
    expect(await balanceOf(playerId)).toBe("35.50");
    const audit = await compliance.api.audit.list.query({ subjectKind: "player", subjectId: playerId });
    expect(
      audit.rows.filter((row) => row.approvalId === approvalId).map(({ action, actor }) => [action, actor.name]),
    ).toEqual([
      ["approval.apply", "finance"],
      ["approval.approve", "finance"],
      ["approval.propose", "support"],
    ]);
    const explained = await support.api.player.explainBalance.query({ playerId, currency: "EUR" });
    expect(explained).toMatchObject({ balance: { available: "35.50" }, adds: true });
    expect(explained.rows[0]).toMatchObject({
      type: "ADJUSTMENT",
      available: "25.50",
      actor: `staff:${finance.person.id}`,
      details: { approvalId, ticket: "HD-4711", category: "GOODWILL" },
    });
  });

  test("is refused to whoever proposed it, in any role", async () => {
    const { playerId } = await office.casino.openPlayer({ EUR: "10.00" });
    const { approvalId, contentHash } = await finance.api.approval.proposeAdjustment.mutate(
      adjustment(playerId, "5.00"),
    );
    expect(await failureOf(finance.api.approval.approve.mutate({ approvalId, contentHash }))).toMatchObject({
      code: "APPROVAL_OWN",
    });
    expect(await failureOf(support.api.approval.approve.mutate({ approvalId, contentHash }))).toMatchObject({
      code: "NOT_ALLOWED",
    });
    expect(await failureOf(finance.api.approval.carryOut.mutate({ approvalId }))).toMatchObject({
      code: "APPROVAL_NOT_OPEN",
    });
    expect(await balanceOf(playerId)).toBe("10.00");
  });

  test("takes two others above the policy's threshold, and neither of them twice", async () => {
    const { playerId } = await office.casino.openPlayer({ EUR: "10.00" });
    const proposed = await support.api.approval.proposeAdjustment.mutate(adjustment(playerId, "10000.00"));
    expect(proposed.required).toBe(2);
    const { approvalId, contentHash } = proposed;
    const first = await finance.api.approval.approve.mutate({ approvalId, contentHash });
    expect(first.approval.status).toBe("PROPOSED");
    expect(await failureOf(finance.api.approval.approve.mutate({ approvalId, contentHash }))).toMatchObject({
      code: "APPROVAL_TWICE",
    });
    const second = await compliance.api.approval.approve.mutate({ approvalId, contentHash });
    expect(second.approval.status).toBe("APPLIED");
    expect(await balanceOf(playerId)).toBe("10010.00");
  });

  test("is approved as it was seen, or not at all", async () => {
    const { playerId } = await office.casino.openPlayer({ EUR: "10.00" });
    const { approvalId } = await support.api.approval.proposeAdjustment.mutate(adjustment(playerId, "1.00"));
    const other = await support.api.approval.proposeAdjustment.mutate(adjustment(playerId, "2.00"));
    const refused = finance.api.approval.approve.mutate({ approvalId, contentHash: other.contentHash });
    expect(await failureOf(refused)).toMatchObject({ code: "APPROVAL_CHANGED" });
  });

  test("moves money once, however many approve at the same moment", async () => {
    const { playerId } = await office.casino.openPlayer({ EUR: "10.00" });
    const { approvalId, contentHash } = await support.api.approval.proposeAdjustment.mutate(
      adjustment(playerId, "3.00"),
    );
    const finance2 = await office.signIn(office.people.finance2);
    const answers = await Promise.allSettled(
      [finance, finance2, compliance].map(({ api }) => api.approval.approve.mutate({ approvalId, contentHash })),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await balanceOf(playerId)).toBe("13.00");
  });

  test("that the balance does not cover stays approved, says why, and can be carried out later", async () => {
    const { playerId } = await office.casino.openPlayer({ EUR: "10.00" });
    const taken = await support.api.approval.proposeAdjustment.mutate(adjustment(playerId, "8.00", "FROM_PLAYER"));
    const also = await support.api.approval.proposeAdjustment.mutate(adjustment(playerId, "7.00", "FROM_PLAYER"));
    await finance.api.approval.approve.mutate({ approvalId: taken.approvalId, contentHash: taken.contentHash });
    const short = await finance.api.approval.approve.mutate({
      approvalId: also.approvalId,
      contentHash: also.contentHash,
    });
    expect(short).toMatchObject({
      approval: { status: "APPROVED", result: { failed: "FUNDS_INSUFFICIENT" } },
      notApplied: { code: "FUNDS_INSUFFICIENT" },
    });
    await office.casino.move({
      type: "DEPOSIT",
      playerId: numberOf(playerId),
      currency: "EUR",
      amount: 10_00n,
      psp: "test-card",
    });
    const done = await finance.api.approval.carryOut.mutate({ approvalId: also.approvalId });
    expect(done.approval.status).toBe("APPLIED");
    expect(await balanceOf(playerId)).toBe("5.00");
    expect(await failureOf(finance.api.approval.carryOut.mutate({ approvalId: also.approvalId }))).toMatchObject({
      code: "APPROVAL_NOT_OPEN",
    });
  });

  test("is over once it was rejected, withdrawn or has run out", async () => {
    const { playerId } = await office.casino.openPlayer({ EUR: "10.00" });
    const propose = () => support.api.approval.proposeAdjustment.mutate(adjustment(playerId, "1.00"));
    const [rejected, withdrawn, old] = [await propose(), await propose(), await propose()];
    await finance.api.approval.reject.mutate({ ...idAndHash(rejected), reason: "There was no fault" });
    expect(await failureOf(finance.api.approval.withdraw.mutate({ approvalId: withdrawn.approvalId }))).toMatchObject({
      code: "APPROVAL_NOT_OWN",
    });
    await support.api.approval.withdraw.mutate({ approvalId: withdrawn.approvalId });
    const tomorrow = { now: () => Date.now() + 25 * 3_600_000 };
    await runUpkeep({ ...office.deps, clock: tomorrow });
    for (const one of [rejected, withdrawn, old]) {
      expect(await failureOf(finance.api.approval.approve.mutate(idAndHash(one)))).toMatchObject({
        code: "APPROVAL_NOT_OPEN",
      });
    }
    const statuses = [rejected, withdrawn, old].map(({ approvalId }) =>
      finance.api.approval.show.query({ approvalId }),
    );
    expect((await Promise.all(statuses)).map(({ status }) => status)).toEqual(["REJECTED", "WITHDRAWN", "EXPIRED"]);
  });
});

describe("a powerful role", () => {
  test("is given by two people, and works at the next call", async () => {
    const [admin, admin2] = [await office.signIn(office.people.admin), await office.signIn(office.people.admin2)];
    const { risk } = office.people;
    const asRisk = await office.signIn(risk);
    const ask = { staffId: risk.id, role: "operations" as const, reason: "Covers for a colleague" };
    expect(await failureOf(admin.api.staff.grantRole.mutate(ask))).toMatchObject({ code: "ROLE_NEEDS_APPROVAL" });
    const proposed = await admin.api.approval.proposeRole.mutate(ask);
    expect(await failureOf(admin.api.approval.approve.mutate(idAndHash(proposed)))).toMatchObject({
      code: "APPROVAL_OWN",
    });
    await admin2.api.approval.approve.mutate(idAndHash(proposed));
    expect((await asRisk.api.account.me.query()).roles).toEqual(["operations", "risk"]);
    await admin.api.staff.takeRole.mutate(ask);
    expect((await asRisk.api.account.me.query()).roles).toEqual(["risk"]);
  });

  test("is not given to oneself, nor to somebody whom it would make their own auditor", async () => {
    const admin = await office.signIn(office.people.admin);
    const reason = "It would be handy";
    const own = admin.api.approval.proposeRole.mutate({ staffId: admin.person.id, role: "risk", reason });
    expect(await failureOf(own)).toMatchObject({ code: "STAFF_SELF" });
    const auditor = office.people.auditor.id;
    const both = admin.api.approval.proposeRole.mutate({ staffId: auditor, role: "risk", reason });
    expect(await failureOf(both)).toMatchObject({ code: "ROLES_CONFLICT" });
  });

  test("the last admin stays", async () => {
    const [admin, admin2] = [await office.signIn(office.people.admin), await office.signIn(office.people.admin2)];
    const reason = "Leaves the house";
    await admin.api.staff.suspend.mutate({ staffId: admin2.person.id, reason });
    expect(await failureOf(admin2.api.account.me.query())).toMatchObject({ code: "SESSION_ENDED" });
    expect(await failureOf(admin.api.staff.suspend.mutate({ staffId: admin.person.id, reason }))).toMatchObject({
      code: "STAFF_SELF",
    });
  });
});

describe("a policy", () => {
  test("changes under four eyes, and holds for what is proposed afterwards", async () => {
    const change = {
      kind: "wallet.adjustment" as const,
      currency: "EUR" as const,
      fromAmount: "0",
      approvals: 0,
      openHours: 24,
      remove: false,
      reason: "Small goodwill needs no second person",
    };
    const proposed = await compliance.api.approval.proposePolicy.mutate(change);
    await finance.api.approval.approve.mutate(idAndHash(proposed));
    const threshold = await compliance.api.approval.proposePolicy.mutate({
      ...change,
      fromAmount: "20.00",
      approvals: 1,
    });
    await finance.api.approval.approve.mutate(idAndHash(threshold));
    const { playerId } = await office.casino.openPlayer({ EUR: "10.00" });
    const small = await support.api.approval.proposeAdjustment.mutate(adjustment(playerId, "19.99"));
    expect(small).toMatchObject({ status: "APPLIED", required: 0 });
    const large = await support.api.approval.proposeAdjustment.mutate(adjustment(playerId, "20.00"));
    expect(large).toMatchObject({ status: "PROPOSED", required: 1 });
    expect(await balanceOf(playerId)).toBe("29.99");
  });

  test("never lets a role be given by one person alone", async () => {
    const alone = compliance.api.approval.proposePolicy.mutate({
      kind: "staff.role-grant",
      currency: null,
      fromAmount: "0",
      approvals: 0,
      openHours: 24,
      remove: false,
      reason: "It would be quicker",
    });
    expect(await failureOf(alone)).toMatchObject({ code: "REQUEST_INVALID" });
  });
});

function idAndHash({ approvalId, contentHash }: { approvalId: string; contentHash: string }) {
  return { approvalId, contentHash };
}
