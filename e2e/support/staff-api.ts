/** Calls of the staff API as the page of somebody who is signed in makes them, for what a spec only needs to be there. */
import type { Page } from "@playwright/test";
import { casino } from "../playwright.config.ts";
import { writeStatement } from "./bank-statement.ts";

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

/** An affiliate who is paid by the month, with the statement of the month before this one. */
export async function openAffiliate(
  page: Page,
  name: string,
): Promise<{ readonly affiliateId: string; readonly statementId: string }> {
  const month = new Date(new Date().setUTCDate(0)).toISOString().slice(0, 7);
  const reason = "Opened by a test";
  const tell = async <T extends object>(path: string, data: unknown): Promise<T> => {
    const answer = await tellStaffApi<T>(page, path, data);
    if ("code" in answer) throw new Error(`${path} was refused: ${String(answer.code)}`);
    return answer;
  };
  const unique = `${name} ${Date.now().toString(36)}`;
  const made = { name: unique, email: "partner@example.com", leastPayment: "10.00", reason };
  const { affiliateId } = await tell<{ affiliateId: string }>("affiliate.create", made);
  const plan = { monthlyFee: "120.00", cpa: null, share: null };
  await tell("affiliate.setPlan", { affiliateId, fromMonth: month, plan, reason });
  // The days of the demo's past are closed one by one after its start.
  for (let tries = 0; ; tries += 1) {
    const statement = await tellStaffApi<{ statementId: string }>(page, "affiliate.makeStatement", {
      affiliateId,
      month,
      reason,
    });
    if ("statementId" in statement) return { affiliateId, statementId: statement.statementId };
    if (statement.code !== "STATEMENT_NOT_READY" || tries > 90)
      throw new Error(`no statement was made: ${statement.code}`);
    await page.waitForTimeout(1_000);
  }
}

/** A provider's file with one round that the house does not have: a break, however often it is compared. */
export async function compareMissingRound(page: Page): Promise<void> {
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const line = `missing-${day},p_7,2.00,5.00,EUR,closed`;
  const file = { format: "csv", text: `round_id,player,bets,wins,currency,status\n${line}\n` };
  const compared = { provider: "hub88_demo", day, file };
  const plan = await tellStaffApi<{ hash: string }>(page, "roundRecon.plan", compared);
  if ("code" in plan) throw new Error(`the file was refused: ${plan.code}`);
  const reason = "Compared by a test";
  const done = await tellStaffApi<object>(page, "roundRecon.run", { ...compared, plan: plan.hash, reason });
  if ("code" in done) throw new Error(`the comparison was refused: ${String(done.code)}`);
}

/** A bank's statement with one entry that nothing explains: a break, however often it is compared. */
export async function compareStatement(page: Page): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const text = writeStatement(`AXE-${day}`, "DE02120300000000202051", [{ amount: "-3.10", remittance: "Account fee" }]);
  const reason = "Compared by a test";
  const brought = await tellStaffApi<object>(page, "settlement.import", { file: { kind: "statement", text }, reason });
  if ("code" in brought) throw new Error(`the statement was refused: ${String(brought.code)}`);
  const done = await tellStaffApi<object>(page, "recon.runCashier", { day, reason });
  // Somebody else's run of the same moment finds the same.
  if ("code" in done && done.code !== "RUN_UNDER_WAY") throw new Error(`the run was refused: ${String(done.code)}`);
}
