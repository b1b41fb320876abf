/** Money that comes over chains, from the simulated custodian's own chains to the ledger. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { type Office, startOffice } from "../../testing/start-office.ts";
import { createPayoutHouse, patience, type PayoutHouse } from "../payouts/payouts.fixture.ts";
import { randomAddress } from "../simulators/fireblocks/random-address.ts";
import { type RunningPsps, runPsps } from "../simulators/run-psps.fixture.ts";
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
});
afterEach(async () => {
  await psps.misbehave({}, "fireblocks");
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await psps.stop();
  await office.close();
});

test("a player has one address for each asset, and what comes to it is credited after enough blocks", async () => {
  const playerId = await house.openPlayer();
  const address = await house.address(playerId, "BTC");
  expect(await house.address(playerId, "BTC")).toBe(address);
  await house.send(address, "BTC", "0.00512345");
  const deposit = await house.untilDeposit(playerId, "CREDITED");
  expect(deposit).toMatchObject({ method: "crypto", amount: { amount: "0.00512345", currency: "BTC" } });
  const chain = deposit["chain"] as { confirmations: number; needed: number };
  expect(chain.confirmations).toBeGreaterThanOrEqual(chain.needed);
  expect(await house.wallet(playerId, "BTC")).toEqual({ available: "0.00512345", held: "0.00000000" });
});

test("lost, repeated and mixed-up webhooks, and answers that never come, credit it once", async () => {
  await psps.misbehave({ repeat: 1, reorder: 0.5, lostAnswer: 0.2, fail: 0.2 }, "fireblocks");
  const playerId = await house.openPlayer();
  const address = await vi.waitFor(() => house.address(playerId, "USDT"), patience);
  await house.send(address, "USDT_ERC20", "125.5");
  await house.send(address, "USDT_ERC20", "10");
  await vi.waitFor(async () => {
    expect(await house.wallet(playerId, "USDT")).toEqual({ available: "135.500000", held: "0.000000" });
  }, patience);
  expect(await house.deposits(playerId)).toHaveLength(2);
});

test("an asset that counts more finely than the ledger is cut, and never rounded up", async () => {
  const playerId = await house.openPlayer();
  await house.send(await house.address(playerId, "ETH"), "ETH", "0.123456789987654321");
  await house.untilDeposit(playerId, "CREDITED");
  expect(await house.wallet(playerId, "ETH")).toEqual({ available: "0.123456789", held: "0.000000000" });
});

test("a block that is taken back makes it wait, and what the chain drops is not credited", async () => {
  const playerId = await house.openPlayer();
  const address = await house.address(playerId, "ETH");
  const back = await house.send(address, "ETH", "1");
  await vi.waitFor(async () => {
    const [deposit] = await house.deposits(playerId);
    expect((deposit?.["chain"] as { confirmations: number } | undefined)?.confirmations).toBeGreaterThan(2);
  }, patience);
  await house.simulate("POST", `/_simulator/transfers/${back.id}/reorganise`, {});
  expect((await house.deposits(playerId))[0]?.["status"]).not.toBe("CREDITED");
  await house.untilDeposit(playerId, "CREDITED");

  const other = await house.openPlayer();
  const dropped = await house.send(await house.address(other, "ETH"), "ETH", "2");
  await house.simulate("POST", `/_simulator/transfers/${dropped.id}/reorganise`, { drop: true });
  await house.untilDeposit(other, "DECLINED");
  expect(await house.wallet(other, "ETH")).toEqual({ available: "none", held: "none" });
});

test("what was to be converted is, at a rate that stands in the ledger", async () => {
  const playerId = await house.openPlayer();
  await house.send(await house.address(playerId, "BTC", "EUR"), "BTC", "0.01");
  await house.untilDeposit(playerId, "CREDITED");
  await vi.waitFor(async () => {
    expect(await house.wallet(playerId, "BTC")).toEqual({ available: "0.00000000", held: "0.00000000" });
  }, patience);
  const eur = await house.wallet(playerId, "EUR");
  expect(Number(eur.available)).toBeGreaterThan(100);
  const { rows } = await payouts.owner(
    "SELECT t.details FROM chain_deposits c JOIN transactions t ON t.id = c.conversion_id WHERE c.convert_to = 978",
  );
  expect(rows[0]).toMatchObject({ details: { to: "EUR", source: "fixed demo rates" } });
});

test("from an address on a list of sanctions it is credited frozen, and two people of compliance let it go", async () => {
  const listed = randomAddress("BTC");
  const entry = { kind: "PERSON", names: [{ full: "Somebody Listed" }], wallets: [{ asset: "XBT", address: listed }] };
  await payouts.owner(
    `WITH list AS (
       INSERT INTO screening_lists (source, checksum, files, entries, persons, added, changed, removed, imported_by, reason)
       VALUES ('OFAC_SDN', repeat('a', 64), '[]', 1, 1, 1, 0, 0, 'test', 'a test') RETURNING id)
     INSERT INTO screening_entries (source, ref, hash, body, from_list)
     SELECT 'OFAC_SDN', '4711', repeat('b', 32), $1::jsonb, id FROM list`,
    [JSON.stringify(entry)],
  );
  const playerId = await house.openPlayer();
  await house.send(await house.address(playerId, "BTC", "EUR"), "BTC", "0.5", listed);
  const deposit = await house.untilDeposit(playerId, "CREDITED");
  // It is the player's, and neither to be played with nor converted.
  expect(await house.wallet(playerId, "BTC")).toEqual({ available: "0.00000000", held: "0.50000000" });
  const depositId = String(deposit["depositId"]);
  const maker = (await office.signIn(office.people.compliance)).api;
  const checker = (await office.signIn(office.people.admin)).api;
  const support = (await office.signIn(office.people.support)).api;
  const seen = await maker.deposit.show.query({ depositId });
  expect(seen).toMatchObject({ frozen: { why: "BLOCK", releasedBy: null }, mayRelease: true });
  expect(seen.kyt?.[0]?.reasons[0]).toContain("OFAC_SDN");
  // Support is told nothing that could warn anybody.
  expect(await support.deposit.show.query({ depositId })).toMatchObject({ kyt: null, frozen: null, mayRelease: false });
  await expect(support.deposit.release.mutate({ depositId, reason: "the player asks" })).rejects.toThrow();
  const proposal = await maker.deposit.release.mutate({ depositId, reason: "the list has meant another" });
  const yes = { approvalId: proposal.approvalId, contentHash: proposal.contentHash };
  await expect(maker.approval.approve.mutate(yes)).rejects.toThrow();
  await checker.approval.approve.mutate(yes);
  await vi.waitFor(async () => {
    expect((await house.wallet(playerId, "BTC")).held).toBe("0.00000000");
  }, patience);
  await expect(maker.deposit.release.mutate({ depositId, reason: "once more" })).rejects.toThrow();
});

test("what an analyst warns of is held for people as well", async () => {
  const source = randomAddress("ETH");
  await house.givePast(source, [
    { alertLevel: "HIGH", category: "mixing", exposureType: "DIRECT", service: "Tumbler" },
  ]);
  const playerId = await house.openPlayer();
  await house.send(await house.address(playerId, "USDT"), "USDT_ERC20", "50", source);
  await house.untilDeposit(playerId, "CREDITED");
  expect(await house.wallet(playerId, "USDT")).toEqual({ available: "0.000000", held: "50.000000" });
});

test("whoever is locked out is given no address, and what comes all the same is theirs", async () => {
  const playerId = await house.openPlayer();
  const address = await house.address(playerId, "USDT");
  await payouts.owner("UPDATE players SET status = 2 WHERE public_id('p', id) = $1", [playerId]);
  const refused = await house.call("POST", "/v1/deposits/addresses", { playerId, asset: "USDT" });
  expect(refused).toMatchObject({ status: 403, body: { code: "ACCOUNT_LOCKED" } });
  await house.send(address, "USDT_ERC20", "7");
  await house.untilDeposit(playerId, "CREDITED");
  expect(await house.wallet(playerId, "USDT")).toEqual({ available: "7.000000", held: "0.000000" });
});

test("a webhook that the custodian has not signed changes nothing", async () => {
  const event = {
    id: "x",
    eventType: "transaction.status.updated",
    eventVersion: 1,
    resourceId: "x",
    createdAt: Date.now(),
  };
  const answer = await fetch(`${office.casino.url()}/v1/webhooks/fireblocks`, {
    method: "POST",
    headers: { "content-type": "application/json", "fireblocks-webhook-signature": "e30..AAAA" },
    body: JSON.stringify(event),
  });
  expect(answer.status).toBe(401);
});

test("the exposure says what is held, what is owed and what is to be hedged", async () => {
  const { api } = await office.signIn(office.people.finance);
  const { rows } = await api.exposure.show.query();
  expect(rows.map(({ asset }) => asset)).toEqual(["BTC", "ETH", "USDT"]);
  const btc = rows.find(({ asset }) => asset === "BTC");
  // 0.01 BTC was converted to EUR: it is the house's own now, and nobody is owed it.
  expect(Number(btc?.inCustody) - Number(btc?.owed)).toBeCloseTo(0.01 + (btc?.position === "0.51000000" ? 0.5 : 0), 8);
  expect(btc?.wallets[0]).toMatchObject({ custodian: "fireblocks", hot: true });
});
