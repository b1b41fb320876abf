/** Calls of the staff API as the page of somebody who is signed in makes them, for what a spec only needs to be there. */
import type { Page } from "@playwright/test";
import { casino } from "../playwright.config.ts";

const headers = { origin: casino.consoleUrl };

export async function askStaffApi<T>(page: Page, path: string, input: unknown): Promise<T> {
  const params = { input: JSON.stringify(input) };
  const response = await page.request.get(`/api/trpc/${path}`, { headers, params });
  return ((await response.json()) as { result: { data: T } }).result.data;
}

/** The failure's code, or what was answered. */
export async function tellStaffApi<T>(page: Page, path: string, data: unknown): Promise<T | { readonly code: string }> {
  const response = await page.request.post(`/api/trpc/${path}`, { headers, data });
  const body = (await response.json()) as { result: { data: T } } | { error: { data: { failure: { code: string } } } };
  return "result" in body ? body.result.data : { code: body.error.data.failure.code };
}

/** An adjustment that waits for a second person; answers its id. */
export async function proposeAdjustment(page: Page, playerId: string): Promise<string> {
  const proposed = await tellStaffApi<{ approvalId: string }>(page, "approval.proposeAdjustment", {
    playerId,
    currency: "EUR",
    amount: "3.00",
    direction: "INTO_PLAYER",
    category: "GOODWILL",
    ticket: "CS-1",
    reason: "Proposed by a test",
  });
  if ("code" in proposed) throw new Error(`the proposal was refused: ${proposed.code}`);
  return proposed.approvalId;
}
