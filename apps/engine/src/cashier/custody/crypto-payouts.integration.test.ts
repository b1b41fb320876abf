/** Money that leaves over chains: looked at, told of, sent once, and followed until the chain has it. */
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { type Office, startOffice } from "../../testing/start-office.ts";
import { createPayoutHouse, patience, type PayoutHouse } from "../payouts/payouts.fixture.ts";
import { randomAddress } from "../simulators/fireblocks/random-address.ts";
import { type RunningPsps, runPsps } from "../simulators/run-psps.fixture.ts";
import { relaxPayoutRule } from "../staff/rules/relax-payout-rule.fixture.ts";
import { type ChainHouse, createChainHouse } from "./crypto.fixture.ts";

let office: Office;
let psps: RunningPsps;
let house: ChainHouse;
let payouts: PayoutHouse;

beforeAll(async () => {
  office = await startOffice();
  psps = await runPsps(office.casino);
  house = createChainHouse(office, psps);
  payouts = createPayoutHouse(office);
  await relaxPayoutRule(office.casino.databaseUrl, "USDT", { dayAmountTimes: 100, freshHours: 0 });
});
afterEach(async () => {
  await psps.misbehave({}, "fireblocks");
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await psps.stop();
  await office.close();
});

/** A player with 3,000 USDT, and a wallet of theirs. */
async function fund({
  provider,
  from,
  wallet = randomAddress("ETH"),
}: Partial<Record<"provider" | "from" | "wallet", string>> = {}) {
  const playerId = await house.openPlayer();
  await house.send(await house.address(playerId, "USDT"), "USDT_ERC20", "3000", from);
  await house.untilDeposit(playerId, "CREDITED");
  const { body } = await house.bringWallet(playerId, "USDT", wallet, provider);
  return { playerId, wallet, instrumentId: String(body["instrumentId"]) };
}

function ask(player: { playerId: string; instrumentId: string }, amount = "100.000000") {
  return house.call("POST", "/v1/payouts", {
    requestId: randomUUID(),
    playerId: player.playerId,
    instrumentId: player.instrumentId,
    amount: { amount, currency: "USDT" },
  });
}

async function stepsOf(payoutId: unknown): Promise<string[]> {
  const { rows } = await payouts.owner(
    "SELECT to_state FROM payout_steps WHERE public_id('pay', payout_id) = $1 ORDER BY number",
    [payoutId],
  );
  return (rows as { to_state: string }[]).map(({ to_state }) => to_state);
}

async function checksOf(payoutId: unknown): Promise<Map<string, { outcome: string; why: string }>> {
  const { api } = await office.signIn(office.people.compliance);
  const { checks } = await api.payout.show.query({ payoutId: String(payoutId) });
  return new Map(checks.map((check) => [check.name, check]));
}

test("a small one goes through every stage of a chain by itself, and is paid to where it was to go", async () => {
  const player = await fund();
  const { body } = await ask(player);
  await payouts.until(body["payoutId"], "PAID");
  const steps = await stepsOf(body["payoutId"]);
  expect(steps.slice(0, 6)).toEqual(["REQUESTED", "CHECKING", "KYT", "AUTO_APPROVED", "TRAVEL_RULE", "SUBMITTED"]);
  expect(await house.wallet(player.playerId, "USDT")).toEqual({ available: "2900.000000", held: "0.000000" });
  const { api } = await office.signIn(office.people.compliance);
  const seen = await api.payout.show.query({ payoutId: String(body["payoutId"]) });
  expect(seen.chain).toMatchObject({ address: player.wallet, hosting: "SELF_HOSTED", travel: { state: "KEPT" } });
  expect(seen.chain?.txHash).toMatch(/^0x[0-9a-f]{64}$/);
  expect(seen.kyt?.[0]).toMatchObject({ decision: "CLEAR", provider: "chainalysis", direction: "OUT" });
});

test("answers that are lost, calls that fail and webhooks in any order pay it once", async () => {
  const player = await fund();
  await psps.misbehave({ repeat: 1, reorder: 0.5, lostAnswer: 0.5, fail: 0.1 }, "fireblocks");
  const { body } = await ask(player);
  await vi.waitFor(async () => expect((await stepsOf(body["payoutId"])).includes("SUBMITTED")).toBe(true), patience);
  await psps.misbehave({ repeat: 1, reorder: 0.5 }, "fireblocks");
  await payouts.until(body["payoutId"], "PAID");
  expect(await house.wallet(player.playerId, "USDT")).toEqual({ available: "2900.000000", held: "0.000000" });
});

test("an address with a past waits for people, and one that must not be paid to is stopped", async () => {
  const watched = randomAddress("ETH");
  await house.givePast(watched, [{ alertLevel: "HIGH", category: "mixing", exposureType: "DIRECT" }]);
  const risky = await ask(await fund({ wallet: watched }));
  await payouts.until(risky.body["payoutId"], "IN_REVIEW");
  expect((await checksOf(risky.body["payoutId"])).get("kyt")?.outcome).toBe("RISK");
  const banned = randomAddress("ETH");
  await house.givePast(banned, [{ alertLevel: "SEVERE", category: "sanctions", exposureType: "DIRECT" }]);
  const stopped = await ask(await fund({ wallet: banned }));
  await payouts.until(stopped.body["payoutId"], "IN_REVIEW");
  expect((await checksOf(stopped.body["payoutId"])).get("kyt")?.outcome).toBe("STOP");
});

test("above 1,000 EUR a wallet of one's own takes a proof, which a deposit from it is", async () => {
  const unproven = await ask(await fund(), "2000.000000");
  await payouts.until(unproven.body["payoutId"], "IN_REVIEW");
  expect((await checksOf(unproven.body["payoutId"])).get("travel-rule")).toMatchObject({ outcome: "STOP" });
  const wallet = randomAddress("ETH");
  const proven = await ask(await fund({ wallet, from: wallet }), "2000.000000");
  await payouts.until(proven.body["payoutId"], "IN_REVIEW");
  expect((await checksOf(proven.body["payoutId"])).get("travel-rule")).toMatchObject({ outcome: "PASS" });
});

test("who keeps the wallet is told who sends, in the form of the standard, and may refuse", async () => {
  const told = await ask(await fund({ provider: "Slow Exchange" }));
  await payouts.until(told.body["payoutId"], "PAID");
  const messages = (await (await fetch(`${psps.file.travelRule?.url}/_simulator/told`)).json()) as { id: string }[];
  expect(messages.find(({ id }) => id === told.body["payoutId"])).toMatchObject({
    counterparty: "Slow Exchange",
    ivms101: {
      originator: {
        originatorPersons: [{ naturalPerson: { name: { nameIdentifier: [{ primaryIdentifier: "Lovelace" }] } } }],
      },
    },
  });
  // At rest it is sealed: nothing of it can be read in the database.
  const { rows } = await payouts.owner("SELECT encode(sealed, 'escape') AS text FROM travel_messages");
  for (const { text } of rows as { text: string }[]) expect(text).not.toContain("Lovelace");
  const refused = await ask(await fund({ provider: "Refuses Everything" }));
  await payouts.until(refused.body["payoutId"], "IN_REVIEW");
  expect((await checksOf(refused.body["payoutId"])).get("travel-rule")?.why).toContain("does not take it");
});

test("what the hot wallet does not hold is not approved", async () => {
  const finance = await office.signIn(office.people.finance);
  const { rows } = await finance.api.exposure.show.query();
  const vault = rows.find(({ asset }) => asset === "USDT")?.wallets[0]?.vault ?? "0";
  const player = await fund();
  await house.simulate("PUT", `/_simulator/vaults/${vault}/USDT_ERC20`, { total: "50" });
  const { body } = await ask(player);
  await payouts.until(body["payoutId"], "IN_REVIEW");
  expect((await checksOf(body["payoutId"])).get("hot-wallet")).toMatchObject({ outcome: "STOP" });
  await house.simulate("PUT", `/_simulator/vaults/${vault}/USDT_ERC20`, { total: "2000000" });
});

test("what the chain drops is the player's again, and a block that is taken back only makes it wait", async () => {
  const player = await fund();
  const first = await ask(player);
  await vi.waitFor(async () => expect(await stepsOf(first.body["payoutId"])).toContain("CONFIRMING"), patience);
  await house.simulate("POST", `/_simulator/transfers/${String(first.body["payoutId"])}/reorganise`, {});
  await payouts.until(first.body["payoutId"], "PAID");
  const second = await ask(player);
  await vi.waitFor(async () => expect(await stepsOf(second.body["payoutId"])).toContain("SUBMITTED"), patience);
  await house.simulate("POST", `/_simulator/transfers/${String(second.body["payoutId"])}/reorganise`, { drop: true });
  await payouts.until(second.body["payoutId"], "RETURNED");
  expect(await house.wallet(player.playerId, "USDT")).toEqual({ available: "2900.000000", held: "0.000000" });
});

test("a mistyped address, one of ours, and another asset's are refused", async () => {
  const player = await fund();
  const wrong = await house.bringWallet(player.playerId, "BTC", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5");
  expect(wrong).toMatchObject({ status: 422, body: { code: "ADDRESS_INVALID" } });
  const ours = await house.bringWallet(player.playerId, "USDT", await house.address(player.playerId, "USDT"));
  expect(ours).toMatchObject({ status: 422, body: { code: "ADDRESS_INVALID" } });
  const other = await house.call("POST", "/v1/payouts", {
    requestId: randomUUID(),
    playerId: player.playerId,
    instrumentId: player.instrumentId,
    amount: { amount: "0.10000000", currency: "BTC" },
  });
  expect(other).toMatchObject({ status: 422, body: { code: "PAYOUT_UNAVAILABLE" } });
});
