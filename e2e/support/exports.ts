import type { Download, Page } from "@playwright/test";
import { expect } from "./test.ts";

export interface ExportOrder {
  /** Words of the list as "My exports" names it. */
  readonly list: string;
  readonly format: "CSV" | "Excel" | "PDF" | "Parquet";
  readonly reason: string;
  /** The filters that the order must name, where the list has any. */
  readonly filters?: string;
}

/**
 * Orders a file of the list on the page and downloads it when it is made. The same person may have files made in
 * several specs at once, so that the newest row isn't always one's own: list and format name it.
 */
export async function exported(page: Page, { list, format, reason, filters }: ExportOrder): Promise<Download> {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Export this list" });
  if (filters !== undefined) await expect(dialog.getByText(filters)).toBeVisible();
  await expect(dialog.getByText(list)).toBeVisible();
  // A list of rows comes as CSV alone, so there is nothing to choose.
  const choice = dialog.getByRole("button", { name: format });
  if ((await choice.count()) > 0) await choice.click();
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Export", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("The export is being made")).toBeVisible();
  await page.goto("/exports");
  const rows = page.getByRole("table", { name: "My exports" }).getByRole("row");
  const job = rows.filter({ hasText: list }).filter({ hasText: format }).first();
  await expect(job).toContainText("Done");
  const downloading = page.waitForEvent("download");
  await job.getByRole("link", { name: "Download" }).click();
  return downloading;
}
