/** Rules of risk from a player's bets to what follows, and the accounts that are linked. */
import { randomUUID } from "node:crypto";
import { insertRuleVersion, listCurrentRules, ruleOf } from "@pitboss/db/risk/monitoring-rule-store";
import type { RuleBody } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { liveGame, numberOf } from "../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import { markPlayers } from "../links/mark-players.ts";
import { noteFacts } from "./note-facts.ts";

let office: Office;
let risk: SignedIn;
let second: SignedIn;
const patience = { timeout: 30_000, interval: 100 };

beforeAll(async () => {
  office = await startOffice();
  risk = await office.signIn(office.people.risk);
  second = await office.signIn(office.people.compliance);
});
afterAll(() => office.close());

/** Has the rule say this from now on, by two people. */
async function changeRule(code: string, change: (body: RuleBody) => RuleBody) {
  const found = (await risk.api.risk.rules.list.query()).find((rule) => rule.code === code);
  if (found === undefined) throw new Error(`there is no rule ${code}`);
  const { code: _code, version: _version, setAt: _at, setBy: _by, why: _why, ...body } = found;
  const proposal = await risk.api.risk.rules.propose.mutate({ code, body: change(body), reason: "For a test of it" });
  return second.api.approval.approve.mutate(proposal);
}

async function bet(playerId: string, selection: readonly object[], roundId: string = randomUUID()): Promise<void> {
  const answer = await office.casino.call("POST", "/v1/bets/place", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId,
      roundId,
      gameId: liveGame,
      selection,
      stake: { amount: "1.00", currency: "EUR" },
      device: { ip: "203.0.113.77", ua: "one browser" },
    },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

async function alertOf(playerId: string, rule: string) {
  return vi.waitFor(async () => {
    const { rows } = await risk.api.risk.alerts.query({ playerId, rule });
    expect(rows).toHaveLength(1);
    return rows[0]!;
  }, patience);
}

test("a burst of bets locks the player once two people have told the rule to, and is in the log", async () => {
  const decided = await changeRule("bet-burst", (body) => ({
    ...body,
    conditions: { kind: "BET_BURST", bets: 5, minutes: 60 },
    reaction: { do: "LOCK" },
  }));
  expect(decided).toMatchObject({ notApplied: null, approval: { status: "APPLIED" } });
  const { playerId } = await office.casino.openPlayer({ EUR: "50.00" });
  for (let count = 0; count < 5; count += 1) await bet(playerId, [{ market: "straight", value: "17" }]);
  const alert = await alertOf(playerId, "bet-burst");
  expect(alert).toMatchObject({ state: "OPEN", measured: { bets: "5" }, reaction: { do: "LOCK", done: true } });
  expect((await risk.api.player.show.query({ playerId })).status).toBe("BLOCKED");
  const log = await second.api.audit.list.query({ subjectKind: "player", subjectId: playerId });
  expect(log.rows[0]).toMatchObject({ action: "player.lock", actor: { kind: "system", id: "monitoring" } });

  const { alertId } = alert;
  await risk.api.risk.decide.mutate({ alertId, decision: "confirm", reason: "A script plays" });
  const again = risk.api.risk.decide.mutate({ alertId, decision: "take", reason: "Look at it" });
  expect(await failureOf(again)).toMatchObject({ code: "ALERT_STATE" });
  expect(await risk.api.risk.alert.query({ alertId })).toMatchObject({ decision: { reason: "A script plays" } });
});

test("opposite bets of a round are counted over several requests, and make a limit stricter", async () => {
  await changeRule("opposite-bets", (body) => ({
    ...body,
    conditions: { kind: "OPPOSITE_BETS", rounds: 2, minutes: 60 },
    reaction: { do: "LIMIT", kind: "WAGER", period: "DAY", currency: "EUR", amount: "25.00" },
  }));
  const { playerId } = await office.casino.openPlayer({ EUR: "50.00" });
  const red = { market: "red_black", value: "red" };
  const black = { market: "red_black", value: "black" };
  await bet(playerId, [red, black]);
  await bet(playerId, [red]);
  const round = randomUUID();
  await bet(playerId, [red], round);
  await vi.waitFor(async () => expect(await minutesOf(playerId)).toMatchObject([{ bets: 3, opposite: 1 }]), patience);
  await bet(playerId, [black], round);
  const alert = await alertOf(playerId, "opposite-bets");
  expect(alert).toMatchObject({ reaction: { do: "LIMIT", amount: "25.00", done: true } });
  const rg = await risk.api.rg.show.query({ playerId });
  expect(JSON.stringify(rg.limits)).toContain("25.00");
});

async function minutesOf(playerId: string) {
  const { rows } = await office.casino.db.execute<{ bets: number; opposite: number }>(
    sql`SELECT sum(bets)::integer AS bets, sum(opposite)::integer AS opposite FROM play_minutes WHERE player_id = ${numberOf(playerId)}`,
  );
  return rows;
}

test("the same events a second time are the same facts", async () => {
  const { playerId } = await office.casino.openPlayer({ EUR: "50.00" });
  await bet(playerId, [{ market: "straight", value: "3" }]);
  await vi.waitFor(async () => expect(await minutesOf(playerId)).toMatchObject([{ bets: 1 }]), patience);
  const { source } = office.deps.events;
  const all = (await source.read(0n)).batches.flatMap(({ events }) => events);
  await office.deps.db.transaction((tx) =>
    noteFacts(
      tx,
      all.filter((event) => event.playerId === playerId),
    ),
  );
  expect(await minutesOf(playerId)).toMatchObject([{ bets: 1 }]);
  const { rows } = await office.casino.db.execute(sql`SELECT FROM money_facts WHERE player_id = ${numberOf(playerId)}`);
  expect(rows).toHaveLength(1);
});

test("accounts are linked by what they share, and no wider than a step at a time", async () => {
  const open = async (data: Record<string, string>): Promise<string> => {
    const { playerId } = await office.casino.openPlayer();
    const more = { email: `${playerId}@players.test`, firstName: "Ada", lastName: `L${playerId}` };
    await office.casino.db.transaction((tx) => office.deps.players.store(tx, numberOf(playerId), { ...more, ...data }));
    return playerId;
  };
  const a = await open({ phone: "+356 2100 0001", address: "1, High Street, Valletta" });
  const b = await open({ phone: "0035621000001", address: "2 High Street, Valletta" });
  const c = await open({ phone: "+356 2100 0003", address: "2 High-Street Valletta" });
  while (await markPlayers(office.deps));
  const near = await risk.api.risk.links.query({ playerId: a, steps: 1 });
  expect(near.links).toMatchObject([{ kind: "PHONE", accounts: 2 }]);
  const wide = await risk.api.risk.links.query({ playerId: a, steps: 2 });
  expect(wide.accounts.map(({ playerId, distance }) => [playerId, distance])).toEqual([
    [a, 0],
    [b, 1],
    [c, 2],
  ]);
  expect(new Set(wide.links.map(({ kind }) => kind))).toEqual(new Set(["PHONE", "ADDRESS"]));
  expect(JSON.stringify(wide)).not.toContain("2100");
  const support = await office.signIn(office.people.support);
  expect(await failureOf(support.api.risk.links.query({ playerId: a }))).toMatchObject({ code: "NOT_ALLOWED" });
});

test("a rule of one desk can't be changed by the other, nor take its code", async () => {
  const rules = await listCurrentRules(office.casino.db, "AML");
  const aml = ruleOf(rules[0]!);
  const { code, desk: _desk, version, ...body } = aml;
  const across = risk.api.risk.rules.propose.mutate({ code, body, reason: "Not my rule" });
  expect(await failureOf(across)).toMatchObject({ code: "REQUEST_INVALID" });
  const reacting = { ...body, reaction: { do: "LOCK" as const } };
  const forced = insertRuleVersion(office.casino.db, {
    ...{ code, desk: "AML" as const, body: reacting, setBy: "test", reason: "a test" },
    ...{ version: version + 1, approvalId: 1n },
  });
  await expect(forced).rejects.toThrow();
});
