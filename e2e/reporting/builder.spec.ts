import { readFile } from "node:fs/promises";
import readXlsxFile from "read-excel-file/node";
import { exported } from "../support/exports.ts";
import { expect, test } from "../support/test.ts";

/** The demo has four weeks of past, whose days are over. */
const overAt = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);

test("a report of chosen dimensions and measures is saved, found again by others, and had as a file of just these", async ({
  signedInAs,
}) => {
  const page = await signedInAs("finance");
  await page.goto(`/reports/builder?by=provider&then=game&last=currency&columns=ggr,ngr&from=${overAt}&to=${overAt}`);
  await expect(page.getByRole("columnheader", { name: "NGR", exact: true })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Turnover" })).toHaveCount(0);
  await page.getByRole("button", { name: "Not saved", exact: true }).click();
  await page.getByRole("menuitem", { name: "Save as a view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as a view" });
  const name = `Provider by game ${Date.now().toString(36)}`;
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("switch", { name: "Share with everybody" }).click();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toBeHidden();

  const other = await signedInAs("finance-2");
  await other.goto("/reports/builder");
  await other.getByRole("button", { name: "All", exact: true }).click();
  await other.getByRole("menuitem", { name }).click();
  await expect(other).toHaveURL(/then=game/);
  await expect(other.getByRole("columnheader", { name: "NGR", exact: true })).toBeVisible();

  const file = await exported(other, { list: "Figures", format: "Excel", reason: "For the meeting with the provider" });
  const [sheet] = await readXlsxFile(await readFile(await file.path()));
  const titles = sheet?.data.find((line) => line[0] === "Provider") ?? [];
  expect(titles.filter((title) => title !== null)).toEqual(["Provider", "Game", "Currency", "Currency", "GGR", "NGR"]);
});
