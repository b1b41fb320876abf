import { readFile } from "node:fs/promises";
import readXlsxFile from "read-excel-file/node";
import { exported } from "../support/exports.ts";
import { expect, test } from "../support/test.ts";

/** The demo has four weeks of past, whose days are over. */
const overAt = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);

test("finance opens GGR and walks from a figure to its transaction", async ({ signedInAs }) => {
  const page = await signedInAs("finance");
  await page.goto(`/reports/ggr?by=game&from=${overAt}&to=${overAt}`);
  const row = page.getByRole("table").getByRole("row").filter({ hasText: "roulette" }).first();
  await row.getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Transactions behind a figure" })).toBeVisible();
  const fact = page.getByRole("table").getByRole("row").nth(1);
  await expect(fact).toContainText("Settled");
  const transaction = await fact.getByRole("link").first().innerText();
  await fact.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/ledger\/tx_/);
  await expect(page.getByText(transaction).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Postings" })).toBeVisible();
});

test("a report is had as a workbook whose rows add up to its totals", async ({ signedInAs }) => {
  const page = await signedInAs("finance");
  await page.goto(`/reports/ggr?by=game&amounts=own&from=${overAt}&to=${overAt}`);
  await expect(page.getByRole("row").filter({ hasText: "roulette" }).first()).toBeVisible();
  const file = await exported(page, { list: "Figures", format: "Excel", reason: "For the books of this day" });
  const [sheet] = await readXlsxFile(await readFile(await file.path()));
  const lines = sheet?.data ?? [];
  expect(lines.find((line) => line[0] === "Days")?.[1]).toBe(`${overAt} to ${overAt}, of UTC`);
  const titles = lines.findIndex((line) => line[0] === "Game");
  const rows = lines.slice(titles + 1);
  const currency = lines[titles]?.indexOf("Currency") ?? -1;
  const totals = rows.filter((line) => line[0] === "Total");
  expect(totals.length).toBeGreaterThan(0);
  for (const title of ["Turnover", "Wins", "GGR"]) {
    const at = lines[titles]?.indexOf(title) ?? -1;
    const cents = (line: (typeof rows)[number]): number => Math.round(Number(line[at]) * 100);
    for (const total of totals) {
      const of = rows.filter((line) => line[0] !== "Total" && line[currency] === total[currency]);
      const sum = of.reduce((all, line) => all + cents(line), 0);
      expect([title, total[currency], sum]).toEqual([title, total[currency], cents(total)]);
    }
  }
});

test("every other format of a report and of its facts is had from the running engine", async ({ signedInAs }) => {
  const page = await signedInAs("finance");
  const orders = [
    { list: "Figures", format: "PDF", address: "ggr?by=game", begins: "%PDF-" },
    { list: "Figures", format: "CSV", address: "ggr?by=game", begins: "Game," },
    { list: "Transactions behind figures", format: "Parquet", address: "facts?zone=UTC", begins: "PAR1" },
  ] as const;
  for (const { list, format, address, begins } of orders) {
    await page.goto(`/reports/${address}&from=${overAt}&to=${overAt}`);
    await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible();
    const file = await exported(page, { list, format, reason: `For who reads ${format}` });
    const bytes = await readFile(await file.path());
    expect(bytes.subarray(0, begins.length).toString("latin1")).toBe(begins);
  }
});

test("a day that is over is tied to the ledger, and comparing it again says the same", async ({ signedInAs }) => {
  const page = await signedInAs("finance-2");
  await page.goto(`/reports/days/${overAt}`);
  // The days of the demo's past are closed one by one after its start.
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("Tied", { exact: true }).first()).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 90_000 });
  await page.getByRole("button", { name: "Compare again" }).click();
  const dialog = page.getByRole("dialog", { name: "Compare again" });
  await dialog.getByLabel("Reason").fill("The auditor asked for it");
  await dialog.getByRole("button", { name: "Compare again" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Compared: the day is Tied")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Stakes, cash" })).toBeVisible();
});
