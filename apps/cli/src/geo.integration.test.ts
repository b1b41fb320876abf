/** What the rules make of a place, from a terminal. */
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { liveGame } from "@pitboss/engine/testing/start-casino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildTools, type Cli, type CliTools, dataOf, signIn } from "./run-cli.fixture.ts";

let office: Office;
let tools: CliTools;
let risk: Cli;

beforeAll(async () => {
  [office, tools] = await Promise.all([startOffice(), buildTools()]);
  risk = await tools.newMachine(office.casino.url());
  await signIn(office, risk, office.people.risk);
});
afterAll(async () => {
  tools.remove();
  await office.close();
});

test("a place is explained against every jurisdiction, or against a player's own", async () => {
  const { playerId } = await office.casino.openPlayer();
  const everywhere = await risk.run("geo", "explain", "--at", "47.8095,13.055", "--json");
  expect(everywhere.code).toBe(3);
  expect(dataOf(everywhere)).toMatchObject({
    deviceCountry: "AT",
    packs: [
      { code: "DE", verdict: "REFUSE", findings: [{ rule: "geo-elsewhere", about: "DEVICE AT" }] },
      { code: "DEFAULT", verdict: "ALLOW" },
      { code: "MT", verdict: "ALLOW" },
      { code: "UK", verdict: "ALLOW" },
    ],
  });
  const own = await risk.run("geo", "explain", "--at", "47.8095,13.055", "--document", "FR", "--player", playerId);
  expect(own.code).toBe(0);
  expect(own.stdout).toContain("DOCUMENT FR, ACCOUNT MT");
  expect((await risk.run("geo", "explain")).code).toBe(2);
  expect((await risk.run("geo", "explain", "--at", "north")).code).toBe(2);
});

test("a launch that was refused is listed, shown, and explained with the player's limits", async () => {
  const { playerId } = await office.casino.openPlayer();
  const launch = await office.casino.call("POST", `/v1/games/${liveGame}/launch`, {
    token: office.casino.operatorKey,
    body: { playerId, currency: "EUR", ip: "8.8.8.8" },
  });
  expect(launch.body["code"]).toBe("LOCATION_NOT_ALLOWED");
  const listed = dataOf(await risk.run("geo", "list", "--player", playerId, "--rule", "geo-blocked", "--json"));
  const [row] = listed["rows"] as { decisionId: string }[];
  expect(row).toMatchObject({ verdict: "REFUSE", inputs: { ipCountry: "US" }, occasion: "LAUNCH" });
  const shown = await risk.run("geo", "show", row?.decisionId ?? "");
  expect(shown.stdout).toContain("IP US");
  const limits = await risk.run("limits", "explain", playerId, liveGame);
  expect(limits.code).toBe(3);
  expect(limits.stdout).toContain(`REFUSE geo-blocked (IP US) (${row?.decisionId ?? ""})`);
});
