import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { searchAudit } from "@pitboss/db/audit/search-audit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Casino, startCasino } from "../../testing/start-casino.ts";

const program = fileURLToPath(new URL("../../open-house.ts", import.meta.url));
const ada = ["--admin", "Ada Borg <Ada@house.example>"];
const ines = ["--compliance", "Ines Roth <ines@house.example>"];

let casino: Casino;
beforeAll(async () => {
  casino = await startCasino();
});
afterAll(() => casino.close());

async function run(...words: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [program, ...words], {
    env: {
      NODE_ENV: "test",
      DATABASE_URL: casino.databaseUrl,
      PITBOSS_DATA_DIR: casino.dataDir,
      CONSOLE_URL: "https://console.house.example",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}

test("one person alone does not open a house, nor does somebody without an address", async () => {
  expect(await run(...ada)).toMatchObject({ code: 2, stdout: "" });
  expect(await run(...ada, "--compliance", "Ines Roth")).toMatchObject({ code: 2, stdout: "" });
});

test("two people are invited once, on record, and never again", async () => {
  const opened = await run(...ada, ...ines);
  expect(opened).toMatchObject({ code: 0, stderr: "" });
  const lines = opened.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string>);
  expect(lines).toMatchObject([{ email: "ada@house.example" }, { email: "ines@house.example" }]);
  expect(lines[0]?.["invitation"]).toMatch(/^https:\/\/console\.house\.example\/invitation#\S{20,}$/);
  const recorded = await searchAudit(casino.db, { action: "staff.open-house", limit: 10 });
  expect(recorded.map(({ actorKind, actorId, after }) => [actorKind, actorId, after])).toEqual([
    ["job", "open-house", { name: "Ines Roth", roles: ["compliance"] }],
    ["job", "open-house", { name: "Ada Borg", roles: ["admin"] }],
  ]);
  const again = await run(...ada, ...ines);
  expect(again).toMatchObject({ code: 3, stdout: "" });
  expect(again.stderr).toContain("has staff already");
});
