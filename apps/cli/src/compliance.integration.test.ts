/** Screening, verification and responsible gaming from a terminal, as somebody of compliance does it in a script. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setKycLevel } from "@pitboss/db/compliance/standing-store";
import { numberOf, type TestPlayer } from "@pitboss/engine/testing/start-casino";
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { afterAll, beforeAll, expect, test } from "vitest";
import { because, buildTools, type Cli, type CliTools, dataOf, failureOf, signIn } from "./run-cli.fixture.ts";

let office: Office;
let tools: CliTools;
let compliance: Cli;
let support: Cli;
const folder = mkdtempSync(join(tmpdir(), "pitboss-compliance-"));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const header = "ref,name,surname,births,countries";
const ostrogin = "h1,Viktor Ostrogin,Ostrogin,1958-11-09,MT";
const others = Array.from({ length: 9 }, (_, index) => `x${index},Zzyzx Qwerty${index},Qwerty${index},,`);
const listFile = (name: string, ...rows: string[]): string => file(name, [header, ...rows, ""].join("\n"));

beforeAll(async () => {
  [office, tools] = await Promise.all([startOffice(), buildTools()]);
  compliance = await tools.newMachine(office.casino.url());
  support = await tools.newMachine(office.casino.url());
  await signIn(office, compliance, office.people.compliance);
  await signIn(office, support, office.people.support);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  tools.remove();
  await office.close();
});

async function person(firstName: string, lastName: string, birthDate: string): Promise<TestPlayer> {
  const player = await office.casino.openPlayer();
  const data = { firstName, lastName, birthDate, address: "1 Mill Lane", email: `${player.playerId}@players.test` };
  await office.casino.db.transaction((tx) => office.deps.players.store(tx, numberOf(player.playerId), data));
  return player;
}

test("before there is a list nobody can be screened, and it says so", async () => {
  const status = await compliance.run("screening", "status");
  expect(status).toMatchObject({ code: 0 });
  expect(status.stdout).toContain("No list has been imported yet");
  const ran = await compliance.run("screening", "run", ...because, "--json");
  expect(ran).toMatchObject({ code: 3, stdout: "" });
  expect(ran.stderr).toContain("No list has been imported yet");
});

test("a list is imported as it was planned, everybody is screened by it, and a hit stands in the queue", async () => {
  const { playerId } = await person("Viktor", "Ostrogin", "1958-11-09");
  const first = listFile("house.csv", ostrogin, ...others);
  const words = ["screening", "import", "HOUSE", first];
  const dry = await compliance.run(...words, "--dry-run", "--json");
  expect(dry.code).toBe(0);
  const plan = dataOf(dry);
  expect(plan).toMatchObject({ action: "screening.import", count: 1, items: [{ after: { entries: 10, added: 10 } }] });
  expect(dataOf(await compliance.run("screening", "status", "--json"))).toMatchObject({ lists: [], run: null });

  const done = await compliance.run(...words, ...because, "--plan", String(plan["plan"]), "--json");
  expect(done.code).toBe(0);
  expect(dataOf(done)).toMatchObject({ done: 1, items: [{ id: "HOUSE", result: { entries: 10 } }] });
  const again = await compliance.run(...words, ...because);
  expect(again.code).toBe(3);
  expect(again.stderr).toContain("left out: HOUSE");

  const ran = await compliance.run("screening", "run", ...because, "--json");
  expect(ran.code).toBe(0);
  expect(dataOf(ran)).toMatchObject({ action: "screening.run", done: 1 });
  expect(ran.stderr).toMatch(/DONE, \d+ of \d+ players/);
  const listed = dataOf(await compliance.run("screening", "list", "--player", playerId, "--json"));
  const [row] = listed["rows"] as { hitId: string }[];
  expect(row).toMatchObject({ state: "OPEN", source: "HOUSE", ref: "h1", score: 1_000 });
  const shown = await compliance.run("screening", "show", row?.hitId ?? "");
  expect(shown.stdout).toContain("V••• O•••");
  expect(shown.stdout).not.toContain("Viktor Ostrogin / Viktor");
});

test("a replay says what another threshold and another list would change, and changes nothing", async () => {
  const near = listFile("near.csv", ostrogin.replace("1958-11-09", "1931-01-01").replace(",MT", ",BR"), ...others);
  const list = await compliance.run("screening", "replay", "--list", "HOUSE", "--file", near, "--json");
  expect(list.code).toBe(0);
  const told = dataOf<{ looked: number; changes: Record<string, unknown>[] }>(list);
  expect(told.looked).toBe(1);
  expect(told.changes).toMatchObject([{ change: "vanish", scoreBefore: 1_000 }]);
  const same = await compliance.run("screening", "replay", "--threshold", "990");
  expect(same.stdout).toContain("Nothing would change.");
  expect(same.stdout).toContain("1 player looked at, 0 changes");
  const status = dataOf<{ lists: { entries: number }[]; open: number }>(
    await compliance.run("screening", "status", "--json"),
  );
  expect(status).toMatchObject({ lists: [{ entries: 10 }], open: 1 });
});

test("what a list can't be is refused before anything is sent, and what its file can't be by the row", async () => {
  const good = listFile("good.csv", ostrogin);
  const none = await compliance.run("screening", "import", "HOUSE", join(folder, "nowhere.csv"), ...because, "--json");
  expect(none).toMatchObject({ code: 2, stdout: "" });
  expect(none.stderr).toContain("nowhere.csv");
  const unknown = await compliance.run("screening", "import", "OFAC", good, ...because);
  expect(unknown).toMatchObject({ code: 2, stdout: "" });
  expect(unknown.stderr).toContain("OFAC_SDN");
  const broken = file("broken.csv", `${header}\nh1,,Ostrogin,,\n`);
  const row = await compliance.run("screening", "import", "HOUSE", broken, ...because);
  expect(row.code).toBe(3);
  expect(row.stderr).toContain("Row 2 of broken.csv: name");
  const shrunk = listFile("shrunk.csv", ostrogin);
  const words = ["screening", "import", "HOUSE", shrunk];
  const half = await compliance.run(...words, ...because);
  expect(half.code).toBe(3);
  expect(half.stderr).toContain("9 of 10 entries would go");
  expect((await compliance.run(...words, "--allow-shrink", "--dry-run")).code).toBe(0);
  expect((await compliance.run("screening", "import", "HOUSE", good)).code).toBe(2);
  expect((await compliance.run("screening", "replay", "--list", "HOUSE")).code).toBe(2);
  expect((await compliance.run("screening", "replay", "--threshold", "high")).code).toBe(2);
  const empty = await compliance.run("screening", "import", "HOUSE", file("empty.csv", ""), ...because, "--json");
  expect(empty.code).not.toBe(0);
  expect(empty.stderr).toContain("The file is empty.");
  for (const command of ["import", "run"]) {
    const may = await support.run("screening", command, ...(command === "import" ? ["HOUSE", good] : []), ...because);
    expect(may.code).toBe(4);
  }
});

test("a case is listed, shown, turned down until the player uploads again, and approved by its checklist", async () => {
  const player = await person("Ada", "Borg", "1990-02-03");
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), randomBytes(2_000)]);
  const upload = async (): Promise<void> => {
    const body = { kind: "PROOF_OF_ADDRESS", file: png.toString("base64") };
    expect((await office.casino.call("POST", "/v1/kyc/documents", { token: player.token, body })).status).toBe(200);
  };
  await upload();
  const listed = await compliance.run("kyc", "list", "--state", "PENDING", "--player", player.playerId, "--json");
  const [row] = dataOf<{ rows: { caseId: string }[] }>(listed).rows;
  const caseId = row?.caseId ?? "";
  const shown = await compliance.run("kyc", "show", caseId);
  expect(shown.stdout).toMatch(/PENDING[\s\S]*PROOF_OF_ADDRESS[\s\S]*image\/png/);
  expect(shown.stdout).not.toContain("Borg");

  const back = await compliance.run("kyc", "reject", caseId, "--tell", "UNREADABLE", "--retry", ...because);
  expect(back.code).toBe(0);
  await upload();
  const bare = await compliance.run("kyc", "approve", caseId, ...because);
  expect(bare).toMatchObject({ code: 2, stdout: "" });
  expect(bare.stderr).toContain("--checked");
  const dry = dataOf(await compliance.run("kyc", "approve", caseId, "--checked", "all", "--dry-run", "--json"));
  expect(dry).toMatchObject({ count: 1, items: [{ id: caseId }] });
  const approve = ["kyc", "approve", caseId, "kyc_zz", "--checked", "all", ...because, "--json"];
  const done = await compliance.run(...approve);
  expect(done.code).toBe(0);
  expect(dataOf(done)).toMatchObject({ done: 1, leftOut: [{ id: "kyc_zz" }] });
  const level = await office.casino.call("GET", "/v1/kyc", { token: player.token });
  expect(level.body).toMatchObject({ level: 1 });

  expect(failureOf(await compliance.run("kyc", "show", "kyc_zzz", "--json"))).toBeDefined();
  expect((await compliance.run("kyc", "show", "kyc_zzz")).code).not.toBe(0);
  expect((await compliance.run("kyc", "list", "--state", "NEW")).code).toBe(2);
  expect((await support.run("kyc", "reject", caseId, "--tell", "OTHER", ...because)).code).toBe(4);
});

test("a player's limits, clock and exclusions are shown, and a profile is given as it was planned", async () => {
  const player = await office.casino.openPlayer({ EUR: "100.00" });
  const set = { kind: "DEPOSIT", period: "WEEK", currency: "EUR", amount: "50.00" };
  await office.casino.call("PUT", "/v1/limits", { token: player.token, body: set });
  await office.casino.call("PUT", "/v1/limits", { token: player.token, body: { ...set, amount: "80.00" } });
  await office.casino.call("POST", "/v1/panic", { token: player.token });
  const shown = await support.run("rg", "show", player.playerId);
  expect(shown.code).toBe(0);
  expect(shown.stdout).toMatch(/PANIC until [\s\S]*DEPOSIT WEEK +50.00[\s\S]*DEPOSIT WEEK +80.00 +PENDING/);
  expect(dataOf(await support.run("rg", "show", player.playerId, "--json"))).toMatchObject({
    block: { kind: "PANIC" },
    profile: "DEFAULT",
    limits: { limits: [{ amount: "50.00", used: "0.00" }], waiting: [{ amount: "80.00" }] },
  });
  const fresh = await office.casino.openPlayer();
  const empty = await support.run("rg", "show", fresh.playerId);
  expect(empty.stdout).toMatch(/No limit is set\.\n\nNever excluded\.\n$/);
  const nobody = await support.run("rg", "show", "p_zzzz", "--json");
  expect([nobody.code, failureOf(nobody)]).toEqual([1, "PLAYER_NOT_FOUND"]);

  const assign = ["limits", "assign", "VIP_A", player.playerId];
  const early = await compliance.run(...assign, ...because);
  expect(early.code).toBe(3);
  expect(early.stderr).toContain("verified to level 0, and VIP_A takes 3");
  await setKycLevel(office.casino.db, numberOf(player.playerId), 3);
  const dry = dataOf(await compliance.run(...assign, "--dry-run", "--json"));
  expect(dry).toMatchObject({ action: "profile.assign", items: [{ before: { profile: "DEFAULT" } }] });
  expect((await support.run(...assign, ...because)).code).toBe(4);
  expect((await compliance.run(...assign, ...because, "--plan", String(dry["plan"]))).code).toBe(0);
  expect(dataOf(await support.run("rg", "show", player.playerId, "--json"))).toMatchObject({ profile: "VIP_A" });
  expect((await compliance.run(...assign, ...because)).code).toBe(0);
  expect((await compliance.run("limits", "assign", "WHALE", player.playerId, ...because)).code).toBe(2);
});
