import { randomInt } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setKycLevel } from "@pitboss/db/compliance/standing-store";
import { parseId } from "@pitboss/domain/kernel/public-id";
import type { Page } from "@playwright/test";
import { casino } from "../playwright.config.ts";
import { callEngine, withDatabase } from "../support/casino.ts";
import { approve, sayYes } from "../support/decide.ts";
import { ageSecondFactor } from "../support/people.ts";
import { askForPayout, depositByCard } from "../support/seed-play.ts";
import { tellStaffApi } from "../support/staff-api.ts";
import { openTerminal } from "../support/terminal.ts";
import { expect, test } from "../support/test.ts";
import { joinCasino, newSurname, type Visitor } from "../support/visitor.ts";

/** The US Treasury's format. */
const ofac = ({ firstName, lastName, birthDate }: Visitor, ref: string): string =>
  `${ref},"${lastName.toUpperCase()}, ${firstName}","individual","TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB ${dayOf(birthDate)}; nationality Malta; Gender Male; Invented."\r\n\u001a`;

/** The United Nations'. */
const unitedNations = ({ firstName, lastName, birthDate }: Visitor, ref: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-11-20T23:00:01"><INDIVIDUALS><INDIVIDUAL><DATAID>${ref}</DATAID>
<FIRST_NAME>${firstName.toUpperCase()}</FIRST_NAME><SECOND_NAME>${lastName.toUpperCase()}</SECOND_NAME><UN_LIST_TYPE>Test</UN_LIST_TYPE>
<REFERENCE_NUMBER>TSi.001</REFERENCE_NUMBER><GENDER>Male</GENDER><COMMENTS1>Invented.</COMMENTS1>
<NATIONALITY><VALUE>Malta</VALUE></NATIONALITY>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>${birthDate}</DATE></INDIVIDUAL_DATE_OF_BIRTH>
</INDIVIDUAL></INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>`;

function dayOf(birthDate: string): string {
  const options = { day: "2-digit", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat("en-GB", options).format(new Date(birthDate));
}

const lists = { OFAC_SDN: ["sdn.csv", ofac], UN: ["consolidated.xml", unitedNations] } as const;

/** A version of the list that names this person, as compliance brings it in: everybody is screened by it. Answers its name there. */
async function listPerson(page: Page, source: keyof typeof lists, who: Visitor): Promise<string> {
  await ageSecondFactor("compliance", 0);
  const ref = String(randomInt(10_000_000, 99_999_999));
  const [name, write] = lists[source];
  const folder = join(casino.dataDir, "e2e", source);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), write(who, ref));
  const terminal = await openTerminal(page);
  const words = ["screening", "import", source, join(folder, name), "--allow-shrink"];
  const plan = JSON.parse(await terminal.run(...words, "--dry-run", "--json")) as { plan: string };
  const said = await terminal.run(...words, "--reason", "The list of this week", "--yes", "--plan", plan.plan);
  expect(said).toContain("screening.import: 1 done");
  return ref;
}

async function fundVerified(who: Visitor): Promise<string> {
  const { playerId } = await joinCasino(who);
  await withDatabase((db) => setKycLevel(db, parseId("player", playerId) ?? 0n, 2));
  await depositByCard(playerId, "300.00");
  return playerId;
}

/** Opens the hit that the entry has brought, as soon as the run over all players has found it. */
async function openHit(page: Page, ref: string): Promise<void> {
  const hit = page.getByRole("row").filter({ hasText: ref }).getByRole("link").first();
  await expect(async () => {
    await page.goto("/screening");
    await expect(hit).toBeVisible({ timeout: 15_000 });
  }).toPass({ timeout: 90_000 });
  await hit.click();
  await expect(page.getByRole("heading", { name: "Side by side" })).toBeVisible();
}

const stateOf = async (payoutId: string): Promise<unknown> => (await callEngine(`/v1/payouts/${payoutId}`))["status"];

test("a hit of a new list stops a payout until compliance has dismissed it, and then it is paid", async ({
  signedInAs,
}) => {
  const who = { firstName: "Florian", lastName: newSurname(), birthDate: "1971-03-09" };
  const playerId = await fundVerified(who);
  const compliance = await signedInAs("compliance");
  const ref = await listPerson(compliance, "OFAC_SDN", who);
  await openHit(compliance, ref);

  const payoutId = await askForPayout(playerId, "120.00");
  const finance = await signedInAs("finance");
  await ageSecondFactor("finance", 0);
  await finance.goto(`/payouts/${payoutId}`);
  await expect(finance.getByText("This keeps it from leaving")).toBeVisible();
  await expect(finance.getByRole("listitem").filter({ hasText: "Screening stops it" })).toBeVisible();
  await expect(finance.getByRole("button", { name: "Say yes" })).toHaveCount(0);
  const forced = { payoutId, contentHash: "0".repeat(64), reason: "Without looking at the hit" };
  expect(await tellStaffApi(finance, "payout.approve", forced)).toHaveProperty("code");

  await ageSecondFactor("compliance", 0);
  await compliance.getByRole("button", { name: "Dismiss", exact: true }).click();
  const dismissing = compliance.getByRole("dialog", { name: "The list means somebody else" });
  await dismissing.getByLabel("Reason").fill("Another person of the same name");
  await dismissing.getByRole("button", { name: "Dismiss", exact: true }).click();
  await expect(compliance.getByText("The hit was dismissed.")).toBeVisible();

  await finance.reload();
  await finance.getByRole("button", { name: "Check again" }).click();
  await expect(finance.getByText("This keeps it from leaving")).toHaveCount(0);
  await sayYes(finance, payoutId, "The hit was somebody else");
  await expect.poll(() => stateOf(payoutId)).toBe("PAID");
});

test("a hit that two people have confirmed keeps the player's money in the house", async ({ signedInAs }) => {
  const who = { firstName: "Casimir", lastName: newSurname(), birthDate: "1965-12-01" };
  const playerId = await fundVerified(who);
  const first = await signedInAs("compliance");
  const ref = await listPerson(first, "UN", who);
  await ageSecondFactor("compliance", 0);
  await openHit(first, ref);
  await first.getByRole("button", { name: "Confirm", exact: true }).click();
  const confirming = first.getByRole("dialog", { name: "The list means this player" });
  await confirming.getByLabel("Reason").fill("Name, birth date and country are the same");
  await confirming.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(first).toHaveURL(/\/approvals\/ap_/);
  const second = await signedInAs("compliance-2");
  await ageSecondFactor("compliance-2", 0);
  await second.goto(new URL(first.url()).pathname);
  await approve(second);

  const payoutId = await askForPayout(playerId, "120.00");
  const finance = await signedInAs("finance");
  await finance.goto(`/payouts/${payoutId}`);
  await expect(finance.getByRole("listitem").filter({ hasText: "Screening stops it" })).toBeVisible();
  await expect(finance.getByRole("button", { name: "Say yes" })).toHaveCount(0);
  expect(await stateOf(payoutId)).not.toBe("PAID");
});
