import { approve } from "../support/decide.ts";
import { ageSecondFactor } from "../support/people.ts";
import { openPlayer } from "../support/seed-play.ts";
import { askStaffApi, tellStaffApi } from "../support/staff-api.ts";
import { expect, test } from "../support/test.ts";

const secret = "Quillfeather";

test("support sees no SAR: not on pages, not by search, not with the player", async ({ signedInAs }) => {
  const playerId = await openPlayer("watched", "2000.00");
  const compliance = await signedInAs("compliance");
  await ageSecondFactor("compliance", 0);
  await expect
    .poll(async () => {
      const { rows } = await askStaffApi<{ rows: unknown[] }>(compliance, "aml.cases", { playerId });
      return rows.length;
    })
    .toBe(1);
  await compliance.goto(`/aml?player=${playerId}`);
  await compliance.getByRole("table").getByRole("link").first().click();
  await expect(compliance.getByText("accrued-deposits")).toBeVisible();
  const caseId = new URL(compliance.url()).pathname.split("/").at(-1) ?? "";
  await compliance.getByRole("button", { name: "Take", exact: true }).click();
  const take = compliance.getByRole("dialog", { name: "Take" });
  await take.getByLabel("Reason").fill(`Something about ${secret}`);
  await take.getByRole("button", { name: "Take" }).click();
  await compliance.getByRole("button", { name: "Draft a report" }).click();
  const draft = compliance.getByRole("dialog", { name: "Draft a report" });
  await draft.getByLabel("Authority").fill("FIAU");
  await draft.getByRole("checkbox", { name: "Source of funds not explained" }).click();
  await draft.getByLabel("Why it is suspicious").fill(`${secret} can't say where the money comes from.`);
  await draft.getByRole("button", { name: "Save the draft" }).click();
  await expect(compliance.getByText("Report drafted")).toBeVisible();
  const { sars } = await askStaffApi<{ sars: { sarId: string }[] }>(compliance, "aml.case", { caseId });
  const sarId = sars[0]?.sarId ?? "";
  expect(sarId).toMatch(/^sar_/);
  await tellStaffApi(compliance, "aml.file", { sarId, reason: `File it on ${secret}` });

  const support = await signedInAs("support");
  for (const path of ["/aml", `/aml/${caseId}`, "/sars", "/aml/rules"]) {
    await support.goto(path);
    await expect(support.getByText("Your roles don’t include this page")).toBeVisible();
    await expect(support.getByText(secret)).toHaveCount(0);
  }
  await support.goto(`/players/${playerId}`);
  await expect(support.getByRole("heading", { name: "watched" })).toBeVisible();
  await expect(support.getByRole("link", { name: "AML cases" })).toHaveCount(0);
  await expect(support.getByText(/AML|suspicio|SAR/)).toHaveCount(0);
  await support.goto("/approvals");
  await expect(support.getByText(sarId)).toHaveCount(0);
  for (const text of [caseId, sarId, secret]) {
    expect(await askStaffApi(support, "find.any", { text })).toEqual([]);
  }
  const told = await tellStaffApi(support, "aml.note", { caseId, text: "let me in" });
  expect(told).toEqual({ code: "NOT_ALLOWED" });
});

test("a report is filed by a second person of compliance, and its case is reported", async ({ signedInAs }) => {
  const playerId = await openPlayer("reported", "2000.00");
  const compliance = await signedInAs("compliance");
  await ageSecondFactor("compliance", 0);
  const cases = () => askStaffApi<{ rows: { caseId: string }[] }>(compliance, "aml.cases", { playerId });
  await expect.poll(async () => (await cases()).rows.length).toBe(1);
  const caseId = (await cases()).rows[0]?.caseId ?? "";
  await tellStaffApi(compliance, "aml.decide", { caseId, decision: "take", reason: "Mine to look at" });
  const drafted = { caseId, authority: "FIAU", indicators: ["OTHER"], narrative: "Nothing explains these deposits." };
  await tellStaffApi(compliance, "aml.draft", drafted);
  await compliance.goto(`/aml/${caseId}`);
  await compliance.getByRole("button", { name: "Propose to file" }).click();
  const dialog = compliance.getByRole("dialog", { name: "Propose to file" });
  await dialog.getByLabel("Reason").fill("Nothing explains it");
  await dialog.getByRole("button", { name: "Propose to file" }).click();
  await expect(compliance).toHaveURL(/\/approvals\/ap_/);

  const second = await signedInAs("compliance-2");
  await ageSecondFactor("compliance-2", 0);
  await second.goto(new URL(compliance.url()).pathname);
  await approve(second);
  await second.goto(`/aml/${caseId}`);
  await expect(second.getByText("Report filed")).toBeVisible();
  await expect(second.getByText("Reported").first()).toBeVisible();
});
