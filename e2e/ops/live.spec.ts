import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { ageSecondFactor } from "../support/people.ts";
import { place } from "../support/seed-play.ts";
import { proposeAdjustment } from "../support/staff-api.ts";
import { expect, test } from "../support/test.ts";

const playerId = "p_6";

/** A bet of this player, in a round of its own; its id is how its row is told from all others. */
const bet = (): Promise<string> => place(playerId, `R-${randomUUID()}`, "1.00");
const rowOf = (page: Page, betId: string) => page.locator(`a[data-row-link][href="/bets/${betId}"]`);

async function openLive(page: Page): Promise<void> {
  await page.goto("/live");
  await expect(page.getByRole("status").filter({ hasText: /^Live$/ })).toBeVisible();
  await page.mouse.move(0, 0);
}

test("what happens appears while one looks, and never moves the rows under the pointer", async ({ signedInAs }) => {
  const page = await signedInAs("operations");
  await openLive(page);
  const table = page.getByRole("table", { name: "Live" });
  const first = await bet();
  await expect(rowOf(page, first)).toBeVisible();

  await table.getByRole("row").nth(1).hover();
  const before = await table.getByRole("row").allInnerTexts();
  const second = await bet();
  const announced = page.getByRole("button", { name: /^\d+ new rows?$/ });
  await expect(announced).toBeVisible();
  await expect(rowOf(page, second)).toHaveCount(0);
  expect((await table.getByRole("row").allInnerTexts()).length).toBe(before.length);

  await announced.click();
  await expect(rowOf(page, second)).toBeVisible();
  await expect(announced).toBeHidden();

  const third = await bet();
  await expect(announced).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(rowOf(page, third)).toBeVisible();
});

test("it can be stopped and gone on with, and tells what happened meanwhile", async ({ signedInAs }) => {
  const page = await signedInAs("risk");
  await openLive(page);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Paused" })).toBeVisible();
  const meanwhile = await bet();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.mouse.move(0, 0);
  await expect(rowOf(page, meanwhile)).toBeVisible();
});

test("it says that it reconnects where the line breaks, and goes on by itself afterwards", async ({ signedInAs }) => {
  const page = await signedInAs("finance");
  await page.route("**/api/trpc/system.live*", (route) => route.fulfill({ status: 503, body: "" }));
  await page.goto("/live");
  await expect(page.getByRole("status").filter({ hasText: "Reconnecting…" })).toBeVisible();
  const meanwhile = await bet();
  await page.unroute("**/api/trpc/system.live*");
  await expect(page.getByRole("status").filter({ hasText: /^Live$/ })).toBeVisible();
  await expect(rowOf(page, meanwhile)).toBeVisible();
});

test("each role hears what it may see: what staff does is for those who may read the audit log", async ({
  signedInAs,
}) => {
  const support = await signedInAs("support");
  await openLive(support);
  await expect(support.getByText("Not in your roles: Money, Staff")).toBeVisible();
  await expect(support.getByRole("button", { name: "Staff", exact: true })).toHaveCount(0);

  const auditor = await signedInAs("auditor");
  await openLive(auditor);
  await auditor.getByRole("button", { name: "Staff", exact: true }).click();
  await auditor.mouse.move(0, 0);
  await ageSecondFactor("finance", 0);
  await proposeAdjustment(await signedInAs("finance"), playerId);
  const row = auditor.getByRole("row", { name: /approval\.propose.*Demo finance/ }).first();
  // Pressing it holds the rows, and must not replace the link that was pressed.
  await row.getByRole("link").click();
  // The address of an entry leads on to the list with the entry beside it.
  await expect(auditor).toHaveURL(/\/audit\?peek=au_/);
});

test("the overview shows it too", async ({ signedInAs }) => {
  const page = await signedInAs("compliance");
  await page.goto("/");
  await expect(page.getByRole("status").filter({ hasText: /^Live$/ })).toBeVisible();
  await page.mouse.move(0, 0);
  const betId = await bet();
  await expect(rowOf(page, betId)).toBeVisible();
});
