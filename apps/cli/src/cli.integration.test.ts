import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { liveGame, numberOf } from "@pitboss/engine/testing/start-casino";
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { because, buildTools, type Cli, type CliTools, dataOf, failureOf, signIn } from "./run-cli.fixture.ts";

const verifier = fileURLToPath(new URL("../../../docs/verify/verify-audit.mjs", import.meta.url));

let office: Office;
let tools: CliTools;
let risk: Cli;
let stranger: Cli;

beforeAll(async () => {
  [office, tools] = await Promise.all([startOffice(), buildTools()]);
  const url = office.casino.url();
  [risk, stranger] = await Promise.all([tools.newMachine(url), tools.newMachine(url)]);
  await signIn(office, risk, office.people.risk);
});
afterAll(async () => {
  tools.remove();
  await office.close();
});

async function statusOf(playerId: string): Promise<string> {
  const { api } = await admin();
  return (await api.player.show.query({ playerId })).status;
}

let adminSession: ReturnType<Office["signIn"]> | undefined;
function admin(): ReturnType<Office["signIn"]> {
  return (adminSession ??= office.signIn(office.people.admin));
}

async function placeBet(): Promise<{ readonly playerId: string; readonly betId: string; readonly roundId: string }> {
  const { playerId } = await office.casino.openPlayer({ EUR: "100.00" });
  const roundId = `R-${playerId}`;
  const placed = await office.casino.call("POST", "/v1/bets/place", {
    token: office.casino.operatorKey,
    body: { requestId: roundId, playerId, roundId, gameId: liveGame, stake: { amount: "10.00", currency: "EUR" } },
  });
  return { playerId, roundId, betId: String(placed.body["betId"]) };
}

describe("who may", () => {
  test("somebody who is not signed in ends with 4, and is told how to sign in", async () => {
    const ended = await stranger.run("whoami");
    expect(ended).toMatchObject({ code: 4, stdout: "" });
    expect(ended.stderr).toContain("pitboss login --context office");
  });

  test("a role that may not do it ends with 4, before anything is planned", async () => {
    const { playerId } = await office.casino.openPlayer();
    const machine = await tools.newMachine(office.casino.url());
    await signIn(office, machine, office.people.finance);
    const ended = await machine.run("player", "lock", playerId, ...because, "--json");
    expect(ended).toMatchObject({ code: 4, stdout: "" });
    expect(failureOf(ended)).toBe("NOT_ALLOWED");
    expect(await statusOf(playerId)).toBe("ACTIVE");
  });

  test("a terminal that is turned away ends with 4", async () => {
    const { api } = await office.signIn(office.people.support);
    const login = stranger.start(["login"]);
    const [, userCode = ""] = await login.said(/Code {2}([A-Z]{4}-[A-Z]{4})/);
    await api.account.answerTerminal.mutate({ userCode, letIn: false });
    expect((await login.ended).code).toBe(4);
  });

  test("a session that was ended in the console is over at once, and its secret forgotten", async () => {
    const machine = await tools.newMachine(office.casino.url());
    const { api } = await signIn(office, machine, office.people.compliance);
    expect((await machine.run("whoami")).code).toBe(0);
    const { sessions } = await api.account.sessions.query();
    const terminal = sessions.find(({ channel, state }) => channel === "cli" && state === "LIVE");
    await api.account.endSession.mutate({ sessionId: terminal?.sessionId ?? "" });
    const ended = await machine.run("whoami", "--json");
    expect(ended.code).toBe(4);
    expect(failureOf(ended)).toBe("SESSION_ENDED");
  });

  test("the file with the session is readable by its owner alone", () => {
    expect(statSync(join(risk.configDir, "tokens.json")).mode & 0o777).toBe(0o600);
  });

  test("what is dangerous takes a second factor that is fresh, given on stdin where there is no terminal", async () => {
    const { betId } = await placeBet();
    await office.casino.db.execute(
      sql`UPDATE staff_sessions SET second_factor_at = now() - interval '10 minutes' WHERE staff_id = ${office.people.risk.staffId}`,
    );
    const stale = await risk.run("bet", "void", betId, ...because, "--json");
    expect(stale.code).toBe(4);
    expect(failureOf(stale)).toBe("STEP_UP_NEEDED");
    expect(stale.stderr).toContain("pitboss step-up");
    const code = await office.freshCode(office.people.risk);
    expect((await risk.start(["step-up"], { input: code }).ended).code).toBe(0);
    expect((await risk.run("bet", "void", betId, ...because)).code).toBe(0);
  });
});

describe("a plan", () => {
  test("is shown by a dry run, applied by its hash, and recorded with both", async () => {
    const { playerId } = await office.casino.openPlayer();
    const shown = dataOf(await risk.run("player", "lock", playerId, "--dry-run", "--json"));
    expect(shown).toEqual({
      context: "office",
      action: "player.lock",
      plan: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      production: false,
      count: 1,
      items: [
        {
          id: playerId,
          what: "Lock out of play, ending all sessions",
          before: { status: "ACTIVE" },
          after: { status: "BLOCKED" },
        },
      ],
      leftOut: [],
    });
    expect(await statusOf(playerId)).toBe("ACTIVE");
    const plan = String(shown["plan"]);
    const applied = await risk.run("player", "lock", playerId, "--plan", plan, ...because, "--json");
    expect(applied.code).toBe(0);
    expect(dataOf(applied)).toEqual({
      context: "office",
      action: "player.lock",
      plan,
      count: 1,
      done: 1,
      failed: 0,
      items: [{ id: playerId, done: true, result: { playerId } }],
      leftOut: [],
    });
    expect(await statusOf(playerId)).toBe("BLOCKED");
    const { api } = await admin();
    const [entry] = (await api.audit.list.query({ subjectId: playerId, action: "player.lock" })).rows;
    expect(entry).toMatchObject({ channel: "cli", reason: `ticket 4711 (plan ${plan})`, actor: { name: "risk" } });
  });

  test("that is no longer what was shown ends with 3 and changes nothing", async () => {
    const [one, other] = [await office.casino.openPlayer(), await office.casino.openPlayer()];
    const ids = [one.playerId, other.playerId];
    const { plan } = dataOf(await risk.run("player", "lock", ...ids, "--dry-run", "--json"));
    await risk.run("player", "lock", one.playerId, ...because);
    const ended = await risk.run("player", "lock", ...ids, "--plan", String(plan), ...because, "--json");
    expect(ended).toMatchObject({ code: 3, stdout: "" });
    expect(failureOf(ended)).toBe("PLAN_CHANGED");
    expect(await statusOf(other.playerId)).toBe("ACTIVE");
  });

  test("of more than --max ends with 3 and changes nothing", async () => {
    const [one, other] = [await office.casino.openPlayer(), await office.casino.openPlayer()];
    const ended = await risk.run("player", "lock", one.playerId, other.playerId, "--max", "1", ...because, "--json");
    expect(ended.code).toBe(3);
    expect(failureOf(ended)).toBe("PLAN_TOO_LARGE");
    expect(await statusOf(one.playerId)).toBe("ACTIVE");
  });

  test("takes --yes where there is no terminal, and a reason", async () => {
    const { playerId } = await office.casino.openPlayer();
    expect((await risk.run("player", "lock", playerId, "--reason", "ticket 4711")).code).toBe(2);
    expect((await risk.run("player", "lock", playerId, "--yes")).code).toBe(2);
    expect(await statusOf(playerId)).toBe("ACTIVE");
  });

  test("of nothing but refusals ends with 3, and of what is like that already with 0", async () => {
    expect((await risk.run("player", "lock", "p_zzzz", ...because)).code).toBe(3);
    const { playerId } = await office.casino.openPlayer();
    expect((await risk.run("player", "unlock", playerId, ...because)).code).toBe(0);
  });

  test("that one item falls out of while it is applied ends with 5 and lists both", async () => {
    const [one, other] = [await office.casino.openPlayer(), await office.casino.openPlayer()];
    // The second player is locked by somebody else between the plan and its application, held apart by a row lock.
    const { release } = await holdPlayer(one.playerId);
    const running = risk.start(["player", "lock", one.playerId, other.playerId, ...because, "--json"]);
    await waitForBlocked();
    await office.casino.db.execute(sql`UPDATE players SET status = 2 WHERE id = ${numberOf(other.playerId)}`);
    await release();
    const ended = await running.ended;
    expect(ended.code).toBe(5);
    expect(dataOf(ended)).toMatchObject({
      done: 1,
      failed: 1,
      items: [
        { id: one.playerId, done: true },
        { id: other.playerId, done: false, code: "NOTHING_CHANGES" },
      ],
    });
  });

  test("that is interrupted ends what is under way, applies no more, and resumes by the same command", async () => {
    const players = await Promise.all(Array.from({ length: 30 }, () => office.casino.openPlayer()));
    const ids = players.map(({ playerId }) => playerId);
    const { release } = await holdPlayer(ids[10] ?? "");
    const running = risk.start(["player", "lock", "-", ...because], { input: ids.join("\n") });
    await waitForBlocked();
    running.interrupt();
    // The engine goes on only after the interruption has arrived, and the CLI must still wait for the answer.
    await release();
    const ended = await running.ended;
    expect(ended.code).toBe(130);
    expect(ended.stdout).toContain("25 done, 5 not tried");
    expect(ended.stderr).toContain("Give the same command again");
    const again = await risk.start(["player", "lock", "-", ...because, "--json"], { input: ids.join("\n") }).ended;
    expect(again.code).toBe(0);
    expect(dataOf(again)).toMatchObject({ count: 5, done: 5 });
  });
});

/** Locks a player's row, so that whoever changes it waits. */
async function holdPlayer(playerId: string): Promise<{ release: () => Promise<void> }> {
  const held = Promise.withResolvers<undefined>();
  const gate = Promise.withResolvers<undefined>();
  const holding = office.casino.db.transaction(async (tx) => {
    await tx.execute(sql`SELECT FROM players WHERE id = ${numberOf(playerId)} FOR UPDATE`);
    held.resolve(undefined);
    await gate.promise;
  });
  await held.promise;
  return {
    release: async () => {
      gate.resolve(undefined);
      await holding;
    },
  };
}

/** Resolves once the engine waits for a lock on a player's row. */
async function waitForBlocked(): Promise<void> {
  const waiting = sql`SELECT FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND query LIKE '%players%' AND datname = current_database()`;
  await expect.poll(async () => (await asOwner(waiting)).length, { timeout: 20_000 }).toBeGreaterThan(0);
}

/** Past the grants of the engine's role: sees what other connections do, and can do what the engine never could. */
function asOwner(statement: SQL): Promise<Record<string, unknown>[]> {
  return office.casino.db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL ROLE NONE`);
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    return (await tx.execute(statement)).rows;
  });
}

describe("money and play", () => {
  test("a round's bets are voided by two people, and a bet that waits or is void is not proposed again", async () => {
    const { playerId, betId, roundId } = await placeBet();
    expect(dataOf(await risk.run("bet", "show", betId, "--json"))).toMatchObject({ betId, playerId, status: "HELD" });
    const plan = dataOf(await risk.run("round", "void", playerId, "pragm", roundId, "--dry-run", "--json"));
    expect(plan).toMatchObject({ action: "bet.void", count: 1, items: [{ id: betId }] });
    const applied = await risk.run("round", "void", playerId, "pragm", roundId, ...because, "--json");
    expect(applied.stderr).toContain("waits for 1 other person");
    const { items } = dataOf<{ items: { result: { approvalId: string } }[] }>(applied);
    expect(items).toMatchObject([{ id: betId, done: true, result: { status: "PROPOSED" } }]);
    const { approvalId } = items[0]?.result ?? { approvalId: "" };
    const again = await risk.run("bet", "void", betId, ...because, "--json");
    expect([again.code, dataOf(again)["leftOut"]]).toMatchObject([0, [{ id: betId, code: "NOTHING_CHANGES" }]]);
    const second = await tools.newMachine(office.casino.url());
    await signIn(office, second, office.people.operations);
    const approved = await second.run("approval", "approve", approvalId, ...because, "--json");
    expect(dataOf(approved)).toMatchObject({
      items: [{ done: true, result: { status: "APPLIED", notApplied: null } }],
    });
    const shown = await risk.run("round", "show", playerId, "pragm", roundId, "--json");
    expect(dataOf(shown)).toMatchObject({ bets: [{ betId, status: "VOIDED" }] });
    const bets = await risk.run("approval", "bets", approvalId, "--json");
    expect(dataOf(bets)).toMatchObject({ rows: [{ betId, held: "10.00", outcome: "VOIDED" }] });
    expect((await risk.run("bet", "void", betId, ...because)).code).toBe(0);
  });

  test("a held bet is settled by hand once two others have said so, and typing it wrongly is told", async () => {
    const { betId, playerId } = await placeBet();
    const words = ["round", "settle", `${betId}=WIN:25.00`];
    const plan = dataOf(await risk.run(...words, "--dry-run", "--json"));
    expect(plan).toMatchObject({ action: "bet.settle", items: [{ id: betId, after: { paid: "25.00 EUR" } }] });
    expect((await risk.run("round", "settle", `${betId}=MAYBE`, "--dry-run")).code).toBe(2);
    const tooMany = await risk.run(...words, ...because, "--plan", String(plan["plan"]), "--max", "1", "--json");
    expect(tooMany.stderr).toContain("waits for 2 other people");
    const { items } = dataOf<{ items: { result: { approvalId: string } }[] }>(tooMany);
    const { approvalId } = items[0]?.result ?? { approvalId: "" };
    for (const who of [office.people.operations, office.people.compliance]) {
      const machine = await tools.newMachine(office.casino.url());
      await signIn(office, machine, who);
      expect((await machine.run("approval", "approve", approvalId, ...because)).code).toBe(0);
    }
    expect(dataOf(await risk.run("bet", "show", betId, "--json"))).toMatchObject({
      status: "SETTLED",
      payout: "25.00",
    });
    const explained = dataOf(await risk.run("player", "explain-balance", playerId, "EUR", "--json"));
    expect(explained).toMatchObject({ adds: true, balance: { available: "115.00", held: "0.00" } });
    const settled = await risk.start(["round", "settle", "-", "--dry-run", "--json"], { input: `${betId},LOSE,\n` })
      .ended;
    expect([settled.code, dataOf(settled)["leftOut"]]).toMatchObject([3, [{ code: "BET_ALREADY_SETTLED" }]]);
    expect((await risk.run("round", "resolve", betId, "--dry-run")).code).toBe(3);
  });

  test("bets are voided by a filter that has a beginning, and a proposal is taken back by its maker", async () => {
    const { playerId, betId } = await placeBet();
    expect((await risk.run("bet", "void", "--player", playerId, ...because)).code).toBe(2);
    const from = new Date(Date.now() - 60_000).toISOString();
    const proposed = await risk.run("bet", "void", "--from", from, "--player", playerId, ...because, "--json");
    const { items } = dataOf<{ items: { id: string; result: { approvalId: string } }[] }>(proposed);
    expect(items.map(({ id }) => id)).toEqual([betId]);
    const taken = await risk.run("approval", "withdraw", items[0]?.result.approvalId ?? "", ...because, "--json");
    expect(dataOf(taken)).toMatchObject({ items: [{ done: true, result: { status: "WITHDRAWN" } }] });
  });

  test("a balance is explained down to its first posting", async () => {
    const { playerId, betId } = await placeBet();
    const explained = dataOf(await risk.run("player", "explain-balance", playerId, "EUR", "--json"));
    expect(explained).toMatchObject({
      balance: { available: "90.00", held: "10.00", currency: "EUR" },
      adds: true,
      rows: [{ type: "HOLD", availableAfter: "90.00", cause: { kind: "bet", id: betId } }, { type: "DEPOSIT" }],
    });
  });

  test("something that is not there ends with 1", async () => {
    const ended = await risk.run("bet", "show", "bet_zzzz", "--json");
    expect(ended.code).toBe(1);
    expect(failureOf(ended)).toBe("BET_NOT_FOUND");
  });

  test("a player is shown with the balances, and as JSON in a form that stays", async () => {
    const { playerId } = await office.casino.openPlayer({ EUR: "12.50" });
    const player = dataOf(await risk.run("player", "show", playerId, "--json"));
    expect(Object.keys(player)).toEqual([
      "playerId",
      "nickname",
      "status",
      "country",
      "brand",
      "createdAt",
      "tags",
      "emailVerified",
      "erased",
      "emailVerifiedAt",
      "erasedAt",
      "fields",
      "retained",
      "balancesAt",
      "balances",
    ]);
    expect(player["balances"]).toMatchObject([{ kind: "CASH", currency: "EUR", available: "12.50", held: "0.00" }]);
    const text = await risk.run("player", "show", playerId);
    expect(text.stdout).toContain("12.50");
    expect(text.stdout).not.toMatch(/\u001b/);
  });
});

describe("proof", () => {
  test("a ledger that is right ends with 0, and one that was tampered with ends with 6 and says where", async () => {
    await placeBet();
    const right = await risk.run("ledger", "verify", "--json");
    expect(right.code).toBe(0);
    expect(JSON.parse(right.stdout.trim())).toMatchObject({
      state: "ok",
      transactions: { faults: 0 },
      wallets: { faults: 0 },
      holds: { faults: 0 },
      seals: { faults: 0 },
    });
    const moved = sql`WHERE id = (SELECT max(id) FROM wallets WHERE player_id IS NOT NULL) RETURNING public_id('w', id) AS id`;
    const [tampered] = await asOwner(sql`UPDATE wallets SET available = available + 1 ${moved}`);
    const wrong = await risk.run("ledger", "verify", "--json");
    await asOwner(sql`UPDATE wallets SET available = available - 1 ${moved}`);
    expect(wrong.code).toBe(6);
    const lines = wrong.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.at(-1)).toMatchObject({ state: "drift" });
    expect(lines.slice(0, -1)).toEqual([
      { fault: expect.objectContaining({ kind: "balance", id: tampered?.["id"] }) as unknown },
      { fault: expect.objectContaining({ kind: "chain", id: tampered?.["id"] }) as unknown },
    ]);
  });

  test("what is held without a bet is found, and so is a ledger that is no longer as it was sealed", async () => {
    const { betId } = await placeBet();
    const id = parseId("bet", betId);
    const sealed = async (): Promise<boolean> =>
      (await office.casino.call("GET", `/v1/bets/${betId}/receipt`, { token: office.casino.operatorKey })).status ===
      200;
    await expect.poll(sealed, { timeout: 20_000 }).toBe(true);
    await asOwner(sql`UPDATE bets SET stake = stake + 100 WHERE id = ${id}`);
    const held = await risk.run("ledger", "verify", "--from-hold", "w_0", "--json");
    await asOwner(sql`UPDATE bets SET stake = stake - 100 WHERE id = ${id}`);
    expect([held.code, held.stdout]).toEqual([6, expect.stringContaining('"kind":"hold"')]);
    await asOwner(sql`UPDATE transactions SET actor = 'machine:other' WHERE id = ${id}`);
    const seals = await risk.run("ledger", "verify", "--from-seal", "0", "--json");
    await asOwner(sql`UPDATE transactions SET actor = 'machine:operator' WHERE id = ${id}`);
    expect([seals.code, seals.stdout]).toEqual([6, expect.stringContaining('"kind":"seal"')]);
    expect((await risk.run("ledger", "verify", "--from-seal", "0")).code).toBe(0);
  });

  test("events are replayed to a consumer as planned, and nothing that it applied is applied again", async () => {
    const operator = await tools.newMachine(office.casino.url());
    await signIn(office, operator, office.people.operations);
    await expect
      .poll(async () => (await (await admin()).api.system.health.query()).events.consumers.length, { timeout: 20_000 })
      .toBeGreaterThan(0);
    const shown = dataOf(
      await operator.run("event", "replay", "archive", "--from", "1", "--to", "2", "--dry-run", "--json"),
    );
    expect(shown).toMatchObject({ action: "event.replay", count: 1, items: [{ id: "archive", after: { from: "1" } }] });
    const ended = await operator.run("event", "replay", "archive", "--from", "1", "--to", "2", ...because, "--json");
    expect(dataOf(ended)).toMatchObject({ items: [{ done: true, result: { events: 0, from: "1", to: "2" } }] });
    const { api } = await admin();
    const [entry] = (await api.audit.list.query({ action: "event.replay" })).rows;
    expect(entry).toMatchObject({ subject: { kind: "consumer", id: "archive" }, actor: { name: "operations" } });
    const since = new Date(Date.now() - 3_600_000).toISOString();
    expect((await operator.run("event", "replay", "archive", "--from-time", since, "--dry-run")).code).toBe(0);
    const nobody = await operator.run("event", "replay", "nobody", "--from", "1", "--dry-run", "--json");
    expect([nobody.code, failureOf(nobody)]).toEqual([1, "RECORD_NOT_FOUND"]);
    expect((await operator.run("event", "replay", "archive", "--dry-run")).code).toBe(2);
    const one = ["--from", "1", "--provider", "pragm", "--dry-run", "--json"];
    const whole = await operator.run("event", "replay", "archive", ...one);
    expect([whole.code, failureOf(whole)]).toEqual([2, "REQUEST_INVALID"]);
    const noProvider = await operator.run("event", "replay", "archive", ...one.with(3, "nobody"));
    expect(failureOf(noProvider)).toBe("PROVIDER_NOT_FOUND");
    expect((await risk.run("event", "replay", "archive", "--from", "1", "--dry-run")).code).toBe(4);
  });

  test("a bundle is made, fetched and checked offline, and no file is written over", async () => {
    const auditor = await tools.newMachine(office.casino.url());
    await signIn(office, auditor, office.people.auditor);
    const file = join(auditor.configDir, "bundle.tar.gz");
    const range = ["--from", new Date(Date.now() - 3_600_000).toISOString(), "--to", new Date().toISOString()];
    const words = ["audit", "bundle", ...range, "--zone", "Europe/Malta", "--out", file];
    expect((await auditor.run(...words)).code).toBe(2);
    const made = await auditor.run(...words, "--reason", "The regulator asked", "--json");
    expect(made.code).toBe(0);
    const bytes = readFileSync(file);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(dataOf(made)).toMatchObject({ file, bytes: bytes.length, sha256 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const checked = spawnSync(process.execPath, [verifier, file], { encoding: "utf8" });
    expect([checked.status, checked.stdout]).toEqual([0, expect.stringContaining("valid")]);
    expect((await auditor.run(...words, "--reason", "The regulator asked")).code).toBe(2);
    expect((await risk.run(...words.slice(0, -1), `${file}.2`, "--reason", "The regulator asked")).code).toBe(4);
  });

  test("the audit log is searched and verified; an entry that was changed ends with 6", async () => {
    const auditor = await tools.newMachine(office.casino.url());
    await signIn(office, auditor, office.people.auditor);
    const found = await auditor.run("audit", "search", "--actor", office.people.auditor.id, "--all", "--json");
    const actions = found.stdout
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { action: string }).action);
    expect(actions).toContain("session.sign-in");
    await expect
      .poll(async () => (await (await admin()).api.audit.status.query()).sealedTo, { timeout: 20_000 })
      .not.toBe("0");
    expect((await auditor.run("audit", "verify")).code).toBe(0);
    await asOwner(
      sql`UPDATE audit_log SET reason = 'another reason' WHERE id = (SELECT audit_id FROM audit_chain ORDER BY position LIMIT 1)`,
    );
    const broken = await auditor.run("audit", "verify", "--json");
    expect(broken.code).toBe(6);
    expect(dataOf(broken)).toMatchObject({ state: "drift", broken: { position: "1" } });
  });
});
