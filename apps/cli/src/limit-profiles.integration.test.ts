/** Limit profiles from a terminal: printed, edited in a file, compared and proposed; and what they refused, explained. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { liveGame } from "@pitboss/engine/testing/start-casino";
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildTools, type Cli, type CliTools, signIn } from "./run-cli.fixture.ts";

let office: Office;
let tools: CliTools;
let risk: Cli;
let support: Cli;
const folder = mkdtempSync(join(tmpdir(), "pitboss-profiles-"));
const file = join(folder, "rows");

beforeAll(async () => {
  [office, tools] = await Promise.all([startOffice(), buildTools()]);
  risk = await tools.newMachine(office.casino.url());
  support = await tools.newMachine(office.casino.url());
  await signIn(office, risk, office.people.risk);
  await signIn(office, support, office.people.support);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  tools.remove();
  await office.close();
});

test("what show prints is edited, compared, proposed, and bounds bets once a second person approved it", async () => {
  const { playerId } = await office.casino.openPlayer({ EUR: "500.00" });
  const shown = await risk.run("limits", "show", "DEFAULT");
  expect(shown.stdout).toContain("betMax EUR 5000\n");
  const bound = `betMax EUR 80.00 player=${playerId}`;
  writeFileSync(file, `${shown.stdout}\n${bound}\n`);
  const diff = await risk.run("limits", "diff", "DEFAULT", "--file", file, "--json");
  expect(JSON.parse(diff.stdout)).toMatchObject({
    basedOn: 1,
    changes: [{ path: `betMax EUR ${playerId}`, before: "", after: "80.00" }],
  });
  const write = ["limits", "schedule", "DEFAULT", "--file", file, "--reason", "a quieter account", "--yes", "--json"];
  const proposed = await risk.run(...write);
  expect(proposed.code).toBe(0);
  const compliance = (await office.signIn(office.people.compliance)).api;
  const { rows } = await compliance.approval.list.query({ kinds: ["limit.profile"] });
  const { approvalId = "", contentHash = "" } = rows[0] ?? {};
  await compliance.approval.approve.mutate({ approvalId, contentHash, reason: null });
  const listed = await risk.run("limits", "profiles");
  expect(listed.stdout).toMatch(/DEFAULT\s+2\s+CURRENT/);
  const explained = await risk.run("limits", "explain", playerId, liveGame);
  expect(explained.stdout).toContain("at most 80.00 EUR");

  const bet = () =>
    office.casino.call("POST", "/v1/bets/place", {
      token: office.casino.operatorKey,
      body: {
        requestId: randomUUID(),
        playerId,
        gameId: liveGame,
        roundId: randomUUID(),
        stake: { amount: "81.00", currency: "EUR" },
        selection: [],
      },
    });
  await expect.poll(async () => (await bet()).body["code"], { timeout: 5_000 }).toBe("STAKE_ABOVE_MAX");
  const full = await risk.run("player", "denials", playerId);
  for (const text of ["STAKE_ABOVE_MAX", "risk.profile-bet-max v1", "80.00"]) expect(full.stdout).toContain(text);
  const safe = await support.run("player", "denials", playerId);
  expect(safe.stdout).toContain("STAKE_ABOVE_MAX");
  expect(safe.stdout).not.toContain("risk.profile-bet-max");
});

test("what was said to a player about their play is listed", async () => {
  const { playerId } = await office.casino.openPlayer();
  const compliance = (await office.signIn(office.people.compliance)).api;
  await compliance.rg.noteInteraction.mutate({ playerId, kind: "CALL", note: "asked how play goes" });
  const listed = await support.run("rg", "interactions", "--player", playerId);
  expect(listed).toMatchObject({ code: 0 });
  expect(listed.stdout).toMatch(/CALL .*asked how play goes/);
});

test("a file with a mistake is refused by its line, a row that bounds nothing by why, and support proposes nothing", async () => {
  writeFileSync(file, "betMax EUR 10.00\nbetMax EUR ten\n");
  const wrong = await risk.run("limits", "diff", "DEFAULT", "--file", file);
  expect(wrong).toMatchObject({ code: 2, stdout: "" });
  expect(wrong.stderr).toContain("line 2");
  writeFileSync(file, "betMax EUR 10.00 game=no_such_game\n");
  expect((await risk.run("limits", "diff", "DEFAULT", "--file", file)).stderr).toContain("no_such_game");
  const json = [
    { measure: "betMax", currency: "EUR", amount: "10.00", country: null, playerId: null, category: null, game: null },
  ];
  writeFileSync(file, JSON.stringify(json));
  expect((await risk.run("limits", "diff", "DEFAULT", "--file", file)).code).toBe(0);
  const write = ["limits", "schedule", "DEFAULT", "--file", file, "--reason", "out of interest", "--yes"];
  expect((await support.run(...write)).code).toBe(4);
});
