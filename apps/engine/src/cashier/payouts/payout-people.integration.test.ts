/** Who may let a payout leave: one person for most, two different ones for large ones, and nobody twice. */
import { setScreening } from "@pitboss/db/compliance/standing-store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { numberOf } from "../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import { type RunningPsps, runPsps } from "../simulators/run-psps.fixture.ts";
import { createPayoutHouse, type Funded, type PayoutHouse } from "./payouts.fixture.ts";

let office: Office;
let psps: RunningPsps;
let house: PayoutHouse;
let finance: SignedIn;
let finance2: SignedIn;
let compliance: SignedIn;
let support: SignedIn;

beforeAll(async () => {
  office = await startOffice();
  psps = await runPsps(office.casino);
  house = createPayoutHouse(office);
  await house.forgiveTurnover();
  const { people } = office;
  const signIn = (who: (typeof people)["finance"]) => office.signIn(who);
  [finance, finance2, compliance, support] = (await Promise.all(
    [people.finance, people.finance2, people.compliance, people.support].map(signIn),
  )) as [SignedIn, SignedIn, SignedIn, SignedIn];
});
afterAll(async () => {
  await psps.stop();
  await office.close();
});

async function waiting(amount: string): Promise<{ player: Funded; payoutId: string; contentHash: string }> {
  const player = await house.fund({ deposit: "10000.00" });
  const { body } = await house.ask({ ...player, amount });
  expect(body).toMatchObject({ status: "IN_REVIEW" });
  const payoutId = String(body["payoutId"]);
  return { player, payoutId, contentHash: await hashOf(payoutId) };
}

async function hashOf(payoutId: string): Promise<string> {
  return (await finance.api.payout.show.query({ payoutId })).contentHash ?? "";
}

test("one person lets a payout below the large amount leave, with an audit row", async () => {
  const { payoutId, contentHash } = await waiting("600.00");
  expect(await failureOf(support.api.payout.approve.mutate({ payoutId, contentHash }))).toMatchObject({
    code: "NOT_ALLOWED",
  });
  const decided = await finance.api.payout.approve.mutate({ payoutId, contentHash });
  expect(["APPROVED", "SUBMITTED"]).toContain(decided.state);
  await house.until(payoutId, "PAID");
  const audit = await compliance.api.audit.list.query({ subjectKind: "payout", subjectId: payoutId });
  expect(audit.rows.map(({ action, actor }) => [action, actor.name])).toEqual([
    ["approval.apply", "finance"],
    ["approval.propose", "finance"],
  ]);
});

test("a large payout takes two different people, and one person is refused in every way", async () => {
  const { payoutId, contentHash } = await waiting("6000.00");
  const first = await finance.api.payout.approve.mutate({ payoutId, contentHash });
  expect(first).toMatchObject({ state: "FIRST_APPROVED" });
  const approvalId = first.approvalId ?? "";

  expect(await failureOf(finance.api.payout.approve.mutate({ payoutId, contentHash }))).toMatchObject({
    code: "APPROVAL_OWN",
  });
  expect(await failureOf(finance.api.approval.approve.mutate({ approvalId, contentHash }))).toMatchObject({
    code: "APPROVAL_OWN",
  });
  expect(await failureOf(finance.api.approval.carryOut.mutate({ approvalId }))).toMatchObject({
    code: "APPROVAL_NOT_OPEN",
  });
  const plan = await finance.api.plan.payoutApprove.show.query({ targets: [payoutId], params: {} });
  expect(plan.leftOut).toMatchObject([{ id: payoutId, code: "APPROVAL_OWN" }]);
  const maker = office.people.finance.staffId;
  const ids = await house.owner(
    "SELECT p.id, p.approval_id, encode(p.content_hash, 'hex') AS hash FROM payouts p JOIN approvals a ON a.id = p.approval_id WHERE a.subject_id = $1",
    [payoutId],
  );
  const { id, approval_id, hash } = ids.rows[0] as { id: string; approval_id: string; hash: string };
  await expect(
    house.owner(
      `INSERT INTO approval_decisions (approval_id, staff_id, maker_id, content_hash, decision)
       VALUES ($1, $2, $2, decode($3, 'hex'), 'APPROVED')`,
      [approval_id, maker, hash],
    ),
  ).rejects.toMatchObject({ constraint: "maker_is_not_checker" });
  await expect(house.owner("UPDATE payouts SET state = 'APPROVED' WHERE id = $1", [id])).rejects.toThrow(
    /does not have the yes of 2 people/,
  );
  await expect(house.owner("UPDATE payouts SET state = 'SUBMITTED' WHERE id = $1", [id])).rejects.toThrow(
    /does not go from FIRST_APPROVED to SUBMITTED/,
  );
  await expect(house.owner("UPDATE approvals SET required = 0 WHERE id = $1", [approval_id])).rejects.toThrow(
    /does not change/,
  );
  await expect(house.owner("UPDATE payouts SET amount = 100 WHERE id = $1", [id])).rejects.toThrow(/does not change/);
  await expect(
    house.owner("SELECT move_payout($1, 'FIRST_APPROVED', 'approve', 'STAFF', NULL, NULL, NULL, '{}', NULL, NULL)", [
      id,
    ]),
  ).rejects.toThrow(/does not have the yes of 2 people/);

  const second = await compliance.api.payout.approve.mutate({ payoutId, contentHash });
  expect(["APPROVED", "SUBMITTED"]).toContain(second.state);
  await house.until(payoutId, "PAID");
});

test("the database lets no payout leave by rule that the policy does not, nor one in review without people", async () => {
  const { payoutId } = await waiting("6000.00");
  const { rows } = await house.owner("SELECT id FROM payouts WHERE state = 'IN_REVIEW' ORDER BY id DESC LIMIT 1");
  const id = (rows[0] as { id: string }).id;
  await expect(
    house.owner("UPDATE payouts SET state = 'AUTO_APPROVED', people = 0 WHERE id = $1", [id]),
  ).rejects.toThrow(/does not go from IN_REVIEW to AUTO_APPROVED/);
  await expect(house.owner("UPDATE payouts SET state = 'APPROVED' WHERE id = $1", [id])).rejects.toThrow(
    /does not go from IN_REVIEW to APPROVED/,
  );
  expect(await house.payout(payoutId)).toMatchObject({ status: "IN_REVIEW" });
});

test("two people who say their yes at the same moment are two people, or one of them is told to look again", async () => {
  const { payoutId, contentHash } = await waiting("6000.00");
  const results = await Promise.allSettled(
    [finance, finance2].map(({ api }) => api.payout.approve.mutate({ payoutId, contentHash })),
  );
  const taken = results.filter(({ status }) => status === "fulfilled").length;
  const shown = await finance.api.payout.show.query({ payoutId });
  const given = 1 + (shown.approvals[0]?.decisions.length ?? 0);
  expect(shown.approvals).toHaveLength(1);
  expect(taken).toBe(given);
  if (given === 1) {
    const maker = shown.approvals[0]?.proposedBy.staffId;
    const other = maker === finance.person.id ? finance2 : finance;
    await other.api.payout.approve.mutate({ payoutId, contentHash });
  }
  await house.until(payoutId, "PAID");
  expect(house.sentTo(payoutId)).toHaveLength(1);
});

test("a yes is to what was seen: a screening hit voids it, and the payout can't be approved until that is mended", async () => {
  const { player, payoutId, contentHash } = await waiting("6000.00");
  const first = await finance.api.payout.approve.mutate({ payoutId, contentHash });
  await setScreening(office.casino.db, numberOf(player.playerId), "HIT", new Date());
  expect(await failureOf(compliance.api.payout.approve.mutate({ payoutId, contentHash }))).toMatchObject({
    code: "PAYOUT_CHANGED",
  });
  const now = await compliance.api.payout.show.query({ payoutId });
  expect(now).toMatchObject({ state: "IN_REVIEW", stoppedBy: ["screening"], mayApprove: false });
  expect(now.contentHash).not.toBe(contentHash);
  const proposal = await finance.api.approval.show.query({ approvalId: first.approvalId ?? "" });
  expect(proposal.status).toBe("WITHDRAWN");
  expect(
    await failureOf(compliance.api.payout.approve.mutate({ payoutId, contentHash: now.contentHash ?? "" })),
  ).toMatchObject({ code: "PAYOUT_STOPPED", data: { checks: ["screening"] } });

  await setScreening(office.casino.db, numberOf(player.playerId), "CLEAR", new Date());
  expect(await compliance.api.payout.recheck.mutate({ payoutId })).toMatchObject({ changed: true });
  const hash = await hashOf(payoutId);
  await compliance.api.payout.approve.mutate({ payoutId, contentHash: hash });
  await finance.api.payout.approve.mutate({ payoutId, contentHash: hash });
  await house.until(payoutId, "PAID");
});

test("a player who was never screened waits for that, whatever the amount", async () => {
  const player = await house.fund();
  await house.owner("DELETE FROM player_standings WHERE player_id = $1", [numberOf(player.playerId)]);
  const { body } = await house.ask({ ...player, amount: "20.00" });
  expect(body).toMatchObject({ status: "IN_REVIEW" });
  const shown = await finance.api.payout.show.query({ payoutId: String(body["payoutId"]) });
  expect(shown.stoppedBy).toEqual(["screening"]);
});

test("turned down, the money is back, the player reads no reason of the house's, and a proposal ends with it", async () => {
  const { player, payoutId, contentHash } = await waiting("6000.00");
  const { approvalId } = await finance.api.payout.approve.mutate({ payoutId, contentHash });
  await compliance.api.payout.reject.mutate({
    payoutId,
    reason: "Looks like somebody else's card",
    message: "OTHER_INSTRUMENT",
  });
  const seen = await house.payout(payoutId);
  expect(seen).toMatchObject({ status: "REJECTED" });
  expect(seen["message"]).toContain("choose another one");
  expect(JSON.stringify(seen)).not.toContain("somebody else's");
  expect(await house.cash(player.playerId)).toEqual({ available: "10000.00", held: "0.00" });
  expect((await finance.api.approval.show.query({ approvalId: approvalId ?? "" })).status).toBe("WITHDRAWN");
  expect(await failureOf(finance2.api.payout.approve.mutate({ payoutId, contentHash }))).toMatchObject({
    code: "PAYOUT_NOT_OPEN",
  });
});

test("a proposal that is withdrawn or turned down in the inbox of proposals takes its payout back to review", async () => {
  const { payoutId, contentHash } = await waiting("6000.00");
  const first = await finance.api.payout.approve.mutate({ payoutId, contentHash });
  await finance.api.approval.withdraw.mutate({ approvalId: first.approvalId ?? "" });
  expect(await house.payout(payoutId)).toMatchObject({ status: "IN_REVIEW" });
  const again = await finance2.api.payout.approve.mutate({ payoutId, contentHash });
  await finance.api.approval.reject.mutate({
    approvalId: again.approvalId ?? "",
    contentHash,
    reason: "The two cards are a surprise",
  });
  expect(await house.payout(payoutId)).toMatchObject({ status: "IN_REVIEW" });
});

test("approving and cancelling at the same moment does one of both, and never pays what was given back", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { player, payoutId, contentHash } = await waiting("600.00");
    await Promise.allSettled([
      finance.api.payout.approve.mutate({ payoutId, contentHash }),
      office.casino.call("POST", `/v1/payouts/${payoutId}/cancel`, { token: player.token }),
    ]);
    const { status } = await house.payout(payoutId);
    if (status === "CANCELLED") {
      expect(house.sentTo(payoutId)).toHaveLength(0);
      expect(await house.cash(player.playerId)).toEqual({ available: "10000.00", held: "0.00" });
    } else {
      await house.until(payoutId, "PAID");
      expect(await house.cash(player.playerId)).toEqual({ available: "9400.00", held: "0.00" });
    }
  }
});

test("whoever takes the next one gets one that nobody else looks at, and what is put off is not offered", async () => {
  await house.owner(
    "UPDATE payouts SET snoozed_until = now() + interval '1 day' WHERE state IN ('IN_REVIEW', 'FIRST_APPROVED')",
  );
  const [one, two] = [await waiting("600.00"), await waiting("700.00")];
  const [mine, theirs] = await Promise.all([
    finance.api.payout.claimNext.mutate(),
    compliance.api.payout.claimNext.mutate(),
  ]);
  expect(new Set([mine.payoutId, theirs.payoutId])).toEqual(new Set([one.payoutId, two.payoutId]));
  const payoutId = mine.payoutId ?? "";
  const contentHash = await hashOf(payoutId);
  expect(await failureOf(compliance.api.payout.approve.mutate({ payoutId, contentHash }))).toMatchObject({
    code: "PAYOUT_CLAIMED",
  });
  await finance.api.payout.snooze.mutate({
    payoutId,
    until: new Date(Date.now() + 3_600_000).toISOString(),
    reason: "Waiting for the player's papers",
  });
  const queue = await finance.api.payout.queue.query({});
  expect(queue.rows.map((row) => row.payoutId)).toEqual([theirs.payoutId]);
  expect(queue.rows[0]?.claimedBy?.name).toBe("compliance");
});

test("the ledger holds after all of it", async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
});
