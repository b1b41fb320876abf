import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { numberOf } from "../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import { sealAudit } from "../../audit/seal-audit.ts";
import { rewrapKeys } from "../keys/rewrap-keys.ts";

let office: Office;
let support: SignedIn;
let compliance: SignedIn;
let admin: SignedIn;
beforeAll(async () => {
  office = await startOffice();
  const { people } = office;
  support = await office.signIn(people.support);
  compliance = await office.signIn(people.compliance);
  admin = await office.signIn(people.admin);
});
afterAll(() => office.close());

async function newPlayer(
  email: string,
  firstName: string,
  lastName: string,
): Promise<{ playerId: string; token: string }> {
  const player = await office.casino.openPlayer({ EUR: "50.00" });
  const data = { email, firstName, lastName, birthDate: "1990-04-05", address: "1 Mill Lane", phone: "+356 99123456" };
  const stored = await office.casino.db.transaction((tx) =>
    office.deps.players.store(tx, numberOf(player.playerId), data),
  );
  expect(stored).toBe(true);
  return player;
}

const reason = "The player asked about it";

describe("personal data", () => {
  test("is found by whole words of the name, by e-mail and by phone, in any spelling", async () => {
    const { playerId } = await newPlayer("Lukasz@Example.test", "Łukasz", "O'Brien-Müller");
    for (const filter of [
      { name: "lukasz obrien" },
      { name: "MULLER" },
      { email: "LUKASZ@example.test " },
      { phone: "0035699123456" },
    ]) {
      const found = await support.api.player.list.query(filter);
      expect([filter, found.rows.map((row) => row.playerId)]).toEqual([filter, [playerId]]);
    }
    expect((await support.api.player.list.query({ name: "lukas" })).rows).toEqual([]);
    expect(await failureOf(admin.api.player.list.query({ name: "lukasz" }))).toMatchObject({ code: "NOT_ALLOWED" });
  });

  test("shows masked, and in clear one field at a time, with a reason that is kept", async () => {
    const { playerId } = await newPlayer("mask@example.test", "Ada", "Borg");
    const profile = await support.api.player.show.query({ playerId });
    expect(Object.fromEntries(profile.fields.map(({ field, masked }) => [field, masked]))).toEqual({
      email: "m•••@example.test",
      firstName: "A•••",
      lastName: "B•••",
      birthDate: "1990-••-••",
      address: "•••",
      phone: "•••56",
    });
    expect(await support.api.player.reveal.mutate({ playerId, field: "email", reason })).toEqual({
      field: "email",
      value: "mask@example.test",
    });
    const audit = await compliance.api.audit.list.query({ action: "player.reveal", subjectId: playerId });
    expect(audit.rows[0]).toMatchObject({ reason, after: { field: "email" }, actor: { name: "support" } });
    expect(JSON.stringify(audit)).not.toContain("mask@example.test");
  });

  test("is nowhere in the database in clear", async () => {
    await newPlayer("needle@haystack.test", "Needleman", "Haystack");
    const { rows } = await office.casino.db.execute<{ text: string }>(
      sql`SELECT coalesce(string_agg(d::text, ' '), '') || coalesce((SELECT string_agg(a::text, ' ') FROM audit_log a), '') AS text FROM player_details d`,
    );
    const hex = Buffer.from("Needleman").toString("hex");
    expect(rows[0]?.text.length).toBeGreaterThan(100);
    expect(rows[0]?.text.toLowerCase()).not.toContain("needle");
    expect(rows[0]?.text).not.toContain(hex);
  });

  test("opens under a new master key once everything was wrapped anew, and the old one can go", async () => {
    const { playerId } = await newPlayer("rotate@example.test", "Ro", "Tate");
    const before = await admin.api.key.list.query();
    const old = before.master.find(({ current }) => current)?.keyId ?? "";
    await admin.api.key.rotateMaster.mutate({ reason: "The yearly rotation" });
    const early = admin.api.key.destroyMaster.mutate({ keyId: old, reason: "It is no longer used" });
    expect(await failureOf(early)).toMatchObject({ code: "NOT_ALLOWED" });
    while (await rewrapKeys(office.deps));
    await admin.api.key.destroyMaster.mutate({ keyId: old, reason: "It is no longer used" });
    const shown = await support.api.player.reveal.mutate({ playerId, field: "lastName", reason });
    expect(shown.value).toBe("Tate");
  });

  test("goes with its key when it is erased, and what the law keeps is said and kept apart", async () => {
    const { playerId } = await newPlayer("forget@example.test", "For", "Getme");
    await support.api.player.writeNote.mutate({ playerId, body: "Called on Monday" });
    const request = { playerId, request: "By e-mail on 20 November", reason: "GDPR article 17" };
    expect(await failureOf(compliance.api.approval.proposeErasure.mutate(request))).toMatchObject({
      code: "REQUEST_INVALID",
    });
    await support.api.player.lock.mutate({ playerId, reason: "Account is being closed" });
    const { approvalId, contentHash } = await compliance.api.approval.proposeErasure.mutate(request);
    const done = await admin.api.approval.approve.mutate({ approvalId, contentHash });
    expect(done.approval).toMatchObject({
      status: "APPLIED",
      result: { erased: ["email", "phone", "nickname", "notes"] },
    });
    const profile = await support.api.player.show.query({ playerId });
    expect(profile).toMatchObject({ erased: true, retained: true, nickname: "erased" });
    expect(profile.fields.every(({ masked }) => masked === null)).toBe(true);
    expect((await support.api.player.notes.query({ playerId })).rows[0]?.body).toBeNull();
    expect((await support.api.player.list.query({ email: "forget@example.test" })).rows).toEqual([]);
    const revealed = support.api.player.reveal.mutate({ playerId, field: "firstName", reason });
    expect(await failureOf(revealed)).toMatchObject({ code: "PLAYER_ERASED" });
    expect(await compliance.api.player.revealRetained.mutate({ playerId, field: "lastName", reason })).toMatchObject({
      value: "Getme",
    });
  });
});

describe("a player's account", () => {
  test("takes no bet while it is locked, and tells its story in order", async () => {
    const { playerId, token } = await office.casino.openPlayer({ EUR: "20.00" });
    const roundId = `T7:${randomUUID()}`;
    const bet = () =>
      office.casino.call("POST", "/v1/bets/place", {
        token,
        body: {
          requestId: randomUUID(),
          playerId,
          roundId,
          gameId: "live_roulette",
          stake: { amount: "5.00", currency: "EUR" },
        },
      });
    const placed = await bet();
    expect(placed.status).toBe(200);
    await support.api.player.lock.mutate({ playerId, reason, signOut: false });
    expect((await bet()).body["code"]).toBe("PLAYER_BLOCKED");
    const risk = await office.signIn(office.people.risk);
    const betId = String(placed.body["betId"]);
    const selection = { by: "bet" as const, betId };
    const proposed = await risk.api.bet.proposeVoid.mutate({ selection, reason: "The table broke" });
    const { approvalId, contentHash } = proposed;
    const operations = await office.signIn(office.people.operations);
    const { approval } = await operations.api.approval.approve.mutate({ approvalId, contentHash });
    expect(approval.status).toBe("APPLIED");
    expect(await risk.api.bet.show.query({ betId })).toMatchObject({ status: "VOIDED", stake: "5.00", payout: "0.00" });
    const timeline = await support.api.player.timeline.query({ playerId });
    expect(timeline.rows.map(({ what }) => what)).toEqual([
      "approval.apply",
      "bet.void",
      "HOLD_RELEASE",
      "approval.approve",
      "approval.propose",
      "PLAYER_BLOCKED",
      "player.lock",
      "HOLD",
      "DEPOSIT",
    ]);
    const listed = await support.api.bet.list.query({ playerId, status: "VOIDED" });
    expect(listed.rows.map((row) => row.betId)).toEqual([betId]);
    const found = await support.api.find.any.query({ text: betId });
    expect(found).toMatchObject([{ kind: "bet", id: betId }]);
    const [round, ...others] = await support.api.find.any.query({ text: roundId });
    expect(others).toEqual([]);
    expect(round).toMatchObject({ kind: "round", title: roundId });
    const [provider = "", player, name = ""] = (round?.id ?? "").split("/").map(decodeURIComponent);
    expect([player, name]).toEqual([playerId, roundId]);
    const shown = await support.api.round.show.query({ provider, playerId, roundId: name });
    expect(shown.bets.map((each) => each.betId)).toEqual([betId]);
  });

  test("a page of transactions goes on where the last one ended, and misses nothing", async () => {
    const { playerId } = await office.casino.openPlayer();
    const deposit = {
      type: "DEPOSIT" as const,
      playerId: numberOf(playerId),
      currency: "EUR" as const,
      amount: 100n,
      psp: "test-card",
    };
    for (let count = 0; count < 7; count += 1) await office.casino.move(deposit);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { rows: readonly { transactionId: string }[]; next: string | null } =
        await compliance.api.ledger.list.query({ playerId, types: ["DEPOSIT"], limit: 3, cursor });
      seen.push(...page.rows.map((row) => row.transactionId));
      cursor = page.next;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(7);
    const [newest = ""] = seen;
    const shown = await support.api.ledger.transaction.query({ transactionId: newest });
    expect(shown.postings).toHaveLength(2);
    expect(shown.sums).toEqual([{ currency: "EUR", sum: "0.00" }]);
  });
});

test("an export is the list as a file, for whoever asked and nobody else", async () => {
  const { exportId } = await compliance.api.export.create.mutate({
    list: "players",
    filters: { country: "MT" },
    reason,
  });
  let job = await compliance.api.export.list.query({});
  while (job.rows[0]?.status === "QUEUED" || job.rows[0]?.status === "RUNNING") {
    await sleep(50);
    job = await compliance.api.export.list.query({});
  }
  expect(job.rows[0]).toMatchObject({ exportId, status: "DONE" });
  const get = (token: string): Promise<Response> =>
    fetch(office.casino.url() + String(job.rows[0]?.download), { headers: { authorization: `Bearer ${token}` } });
  const lines = (await (await get(compliance.token)).text()).trim().split("\r\n");
  expect(lines[0]).toContain("createdAt (UTC)");
  expect(lines.length - 1).toBe(Number(job.rows[0]?.rows));
  expect((await get(admin.token)).status).toBe(404);
});

test("the audit log is chained and signed, and a change behind its back is found", async () => {
  while ((await sealAudit(office.deps)) > 0);
  const verified = await compliance.api.audit.verify.query({});
  expect(verified).toMatchObject({ done: true, broken: null });
  expect(verified.entries).toBeGreaterThan(10);
  expect(verified.checkpoints).toBeGreaterThan(0);
  // Only the owner of the table can do this at all: the engine's own role may not even try.
  const owner = new pg.Client({ connectionString: office.casino.databaseUrl });
  await owner.connect();
  await owner.query(`BEGIN; ALTER TABLE audit_log DISABLE TRIGGER append_only; UPDATE audit_log SET reason = 'nothing to see'
    WHERE id = 5; ALTER TABLE audit_log ENABLE TRIGGER append_only; COMMIT`);
  await owner.end();
  const broken = await compliance.api.audit.verify.query({});
  expect(broken.broken?.what).toBe("the entry was changed after it was sealed");
});
