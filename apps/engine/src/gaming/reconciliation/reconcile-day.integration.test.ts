/** A provider's day from outside: calls in its dialect, its file, the breaks, and what two people do about them. */
import { randomUUID } from "node:crypto";
import type { Call } from "@pitboss/wires/wire-model";
import { wireOf } from "@pitboss/wires/wire-of";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoProvider, openDemoProviders } from "../../demo/open-demo-providers.ts";
import { listOpenAlerts } from "@pitboss/db/ops/house-alert-store";
import { createLog } from "../../kernel/log.ts";
import { systemClock } from "../../kernel/context.ts";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import { createInbox } from "./take-in-files.ts";

let office: Office;
let provider: DemoProvider;
let operations: SignedIn;
let finance: SignedIn;
let playerId: string;
let session: string;
const day = new Date().toISOString().slice(0, 10);

beforeAll(async () => {
  office = await startOffice();
  const { casino, people } = office;
  const opened = await openDemoProviders(casino.db, office.deps.vault, { EUR: { min: "0.10", max: "1000.00" } });
  const found = opened.find(({ dialect }) => dialect === "softswiss");
  if (found === undefined) throw new Error("the demo has a provider for each dialect");
  provider = found;
  await casino.restart();
  ({ playerId } = await casino.openPlayer({ EUR: "1000.00" }));
  const body = { playerId, gameId: provider.game, currency: "EUR" };
  const answer = await casino.call("POST", "/v1/game-sessions", { token: casino.operatorKey, body });
  session = String(answer.body["token"]);
  [operations, finance] = [await office.signIn(people.operations), await office.signIn(people.finance)];
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await office.close();
});

async function call(asked: Call): Promise<void> {
  const play = { playerId, session, currency: "EUR", game: provider.game } as const;
  const { path, body, headers } = wireOf(provider, play, asked);
  const response = await fetch(`${office.casino.url()}/v1/providers/${provider.provider}/${path}`, {
    method: "POST",
    headers,
    body,
  });
  expect(response.status, await response.text()).toBe(200);
}

/** Plays a round of 10.00; undefined leaves it open. */
async function play(round: string, win: bigint | undefined): Promise<void> {
  await call({ do: "bet", id: `${round}-b`, round, amount: 1_000n });
  if (win !== undefined) {
    await call({ do: "win", id: randomUUID(), bet: `${round}-b`, round, amount: win, close: true });
  }
}

const balance = async (): Promise<string> => {
  const { body } = await office.casino.call("GET", `/v1/wallet?playerId=${playerId}`, {
    token: office.casino.operatorKey,
  });
  const wallets = body["wallets"] as { kind: string; available: string }[];
  return wallets.find(({ kind }) => kind === "CASH")?.available ?? "";
};

const header = "round_id,player,bets,wins,currency,status";
const row = (round: string, bets: string, wins: string, status = "closed", who = playerId): string =>
  [round, who, bets, wins, "EUR", status].join(",");

function reconcile(lines: readonly string[]) {
  const file = { format: "csv" as const, text: [header, ...lines].join("\n") };
  return operations.api.roundRecon.run.mutate({ provider: provider.provider, day, file, reason: "The daily file" });
}

async function breakOf(round: string) {
  const scope = `${provider.provider}/${day}`;
  const { rows } = await finance.api.recon.breaks.query({ source: "provider", scope, limit: 100 });
  return rows.find(({ subject }) => subject["roundId"] === round);
}

async function endByTwo(round: string): Promise<void> {
  const found = await breakOf(round);
  if (found === undefined) throw new Error(`no break of ${round}`);
  const reason = "As the provider's file has it";
  const { approvalId, contentHash } = await operations.api.recon.propose.mutate({
    breakId: found.breakId,
    method: "POST",
    reason,
  });
  expect(await failureOf(operations.api.approval.approve.mutate({ approvalId, contentHash }))).toBeDefined();
  const decided = await finance.api.approval.approve.mutate({ approvalId, contentHash });
  expect(decided).toMatchObject({ approval: { status: "APPLIED" }, notApplied: null });
}

test("every kind of difference is found once, and two people mend those that can be mended", {
  timeout: 60_000,
}, async () => {
  await play("good", 2_000n);
  await play("lost", 0n);
  await play("missing-win", 0n);
  await play("missing-end", undefined);
  await play("missing-rollback", undefined);
  await play("late-rollback", 2_500n);
  await play("unknown-there", undefined);
  await play("paid-too-much", 5_000n);
  const gone = { round: "gone-rolled-back", amount: 1_000n };
  await call({ do: "bet", id: "gone-b", ...gone });
  await call({ do: "rollback", id: randomUUID(), of: "gone-b", ...gone });
  const lines = [
    row("good", "10.00", "20.00"),
    row("lost", "10.00", "0.00"),
    row("lost", "10.00", "0.00"),
    row("missing-win", "10.00", "35.00"),
    row("missing-end", "10.00", "15.00"),
    row("missing-rollback", "10.00", "0.00", "cancelled"),
    row("late-rollback", "10.00", "25.00", "rolled_back"),
    row("paid-too-much", "10.00", "40.00"),
    row("never-came", "10.00", "30.00"),
    row("never-came-lost", "10.00", "0.00"),
    row("nobody", "10.00", "30.00", "closed", "somebody-else"),
  ];
  const planned = await operations.api.roundRecon.plan.mutate({
    provider: provider.provider,
    day,
    file: { format: "csv", text: [header, ...lines].join("\n") },
  });
  const run = await reconcile(lines);
  expect(run).toMatchObject({ state: "BREAKS", matched: 2, source: "provider", trigger: "PERSON" });
  const late = planned.waiting;
  // A round that began in the last hour of the day waits for the next file.
  expect(planned.byType).toEqual({
    ROUND_DUPLICATED: 1,
    ROUND_AMOUNT_DIFFERS: 2,
    ROUND_STATUS_DIFFERS: 3,
    ROUND_MISSING_HERE: 3,
    ...(late === 0 ? { ROUND_MISSING_THERE: 1 } : {}),
  });
  expect(await listOpenAlerts(office.casino.db)).toMatchObject([{ kind: "RECONCILIATION_DRIFT" }]);
  // The same file again finds the same breaks.
  expect(await reconcile(lines)).toMatchObject({ found: 0, open: run.open });

  // 1000 − 8 bets of 10, + 20 + 25 + 50 won.
  expect(await balance()).toBe("1015.00");
  await endByTwo("missing-win");
  expect(await balance()).toBe("1050.00");
  await endByTwo("missing-end");
  expect(await balance()).toBe("1065.00");
  await endByTwo("missing-rollback");
  expect(await balance()).toBe("1075.00");
  await endByTwo("late-rollback");
  expect(await balance()).toBe("1060.00");
  await endByTwo("paid-too-much");
  expect(await balance()).toBe("1050.00");
  await endByTwo("never-came");
  expect(await balance()).toBe("1070.00");
  if (late === 0) {
    await endByTwo("unknown-there");
    expect(await balance()).toBe("1080.00");
  }

  for (const [round, why] of [
    ["never-came-lost", "nothing beyond a stake"],
    ["nobody", "nobody of the house"],
  ] as const) {
    const found = await breakOf(round);
    const asked = { breakId: found?.breakId ?? "", method: "POST" as const, reason: "It should be paid" };
    expect(await failureOf(operations.api.recon.propose.mutate(asked))).toMatchObject({
      code: "RESOLUTION_INVALID",
      detail: expect.stringContaining(why) as string,
    });
  }
  for (const round of ["never-came-lost", "nobody", "lost"]) {
    const { breakId = "" } = (await breakOf(round)) ?? {};
    const { approvalId, contentHash } = await operations.api.recon.propose.mutate({
      breakId,
      method: "EXPLAIN",
      reason: "The provider corrects its books, ticket 12",
    });
    await finance.api.approval.approve.mutate({ approvalId, contentHash });
  }
  expect(await reconcile(lines)).toMatchObject({ state: "CLEAN", found: 0, reopened: 0, open: 0 });
  expect(await listOpenAlerts(office.casino.db)).toEqual([]);
  const shown = await finance.api.recon.show.query({ breakId: (await breakOf("missing-win"))?.breakId ?? "" });
  expect(shown.evidence.map(({ side, record }) => [side, record])).toEqual([
    ["OURS", "ROUND"],
    ["THEIRS", "FILE_LINE"],
  ]);
});

test("a round that moved after it was compared is not corrected by what was seen", async () => {
  await play("moved", undefined);
  await reconcile([row("moved", "10.00", "20.00")]);
  const { breakId = "" } = (await breakOf("moved")) ?? {};
  const asked = { breakId, method: "POST" as const, reason: "The win never came" };
  const { approvalId, contentHash } = await operations.api.recon.propose.mutate(asked);
  await call({ do: "win", id: randomUUID(), bet: "moved-b", round: "moved", amount: 2_000n, close: true });
  const before = await balance();
  const decided = await finance.api.approval.approve.mutate({ approvalId, contentHash });
  expect(decided.notApplied).toMatchObject({ code: "APPROVAL_CHANGED" });
  expect(await balance()).toBe(before);
});

test("a file with a bad line is not taken at all, and one in the object store is taken in by itself", async () => {
  expect(await failureOf(reconcile([row("good", "ten", "0.00")]))).toMatchObject({ code: "REQUEST_INVALID" });
  const { objects } = office.deps;
  const name = `provider-inbox/${provider.provider}/${day}.json`;
  const rounds = [
    { round_id: "good", player: playerId, bets: "10.00", wins: "20.00", currency: "EUR", status: "closed" },
  ];
  await objects.put(name, Buffer.from(JSON.stringify(rounds)), "application/json");
  const deps = { db: office.casino.db, objects, clock: systemClock, log: createLog("silent") };
  const inbox = createInbox(deps, { countAlert: () => undefined });
  await inbox.run();
  const { rows } = await finance.api.recon.runs.query({ source: "provider", limit: 5 });
  expect(rows[0]).toMatchObject({ trigger: "IMPORT", startedBy: "job:take-in-files", matched: 1 });
  await inbox.run();
  expect((await finance.api.recon.runs.query({ source: "provider", limit: 5 })).rows[0]?.runId).toBe(rows[0]?.runId);

  await objects.put(name, Buffer.from("not a file"), "application/json");
  await inbox.run();
  await inbox.run();
  const after = await finance.api.recon.runs.query({ source: "provider", limit: 2 });
  expect(after.rows.map(({ state }) => state === "FAILED")).toEqual([true, false]);
});
