import { readFile } from "node:fs/promises";
import { exported } from "../support/exports.ts";
import { formulaNickname, readPlayed } from "../support/seed-play.ts";
import { expect, test } from "../support/test.ts";

test("a list becomes a file with exactly its filters, and no cell of it is a formula", async ({ signedInAs }) => {
  const { formulaPlayerId } = readPlayed();
  const page = await signedInAs("finance");
  await page.goto("/players?country=MT");
  const reason = "Monthly report to the regulator";
  const download = await exported(page, { list: "Players", format: "CSV", reason, filters: "country: MT" });
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const lines = (await readFile(await download.path(), "utf8"))
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split("\r\n");
  const header = "playerId,nickname,status,country,createdAt (UTC),tags,emailVerified,erased";
  const at = lines.indexOf(header);
  expect(at).toBeGreaterThanOrEqual(0);
  const rows = lines.slice(at + 1);
  expect(rows.length).toBeGreaterThan(3);
  for (const line of rows) expect(line).toContain(",MT,");
  const spelled = `"'${formulaNickname.replaceAll('"', '""')}"`;
  expect(rows.find((line) => line.startsWith(`${formulaPlayerId},`))).toContain(spelled);

  const elsewhere = await signedInAs("finance-2");
  const path = new URL(download.url()).pathname;
  expect((await elsewhere.request.get(path)).status()).not.toBe(200);
});

test("who may not export sees for whom it is", async ({ signedInAs }) => {
  const page = await signedInAs("support");
  await page.goto("/players");
  await expect(page.getByRole("button", { name: /^Export: only for/ })).toBeDisabled();
});
