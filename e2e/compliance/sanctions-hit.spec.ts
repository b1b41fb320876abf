import { createHash, randomBytes, randomUUID } from "node:crypto";
import { insertListVersion } from "@pitboss/db/compliance/screening-list-store";
import { startRun } from "@pitboss/db/compliance/screening-run-store";
import { setKycLevel } from "@pitboss/db/compliance/standing-store";
import { diffEntries } from "@pitboss/domain/compliance/screening/diff-entries";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { parseHouseList } from "@pitboss/engine/compliance/screening/lists/parse-house";
import type { Page } from "@playwright/test";
import { callEngine, withDatabase } from "../support/casino.ts";
import { approve, sayYes } from "../support/decide.ts";
import { ageSecondFactor } from "../support/people.ts";
import { askForPayout, depositByCard } from "../support/seed-play.ts";
import { tellStaffApi } from "../support/staff-api.ts";
import { expect, test } from "../support/test.ts";
import { joinCasino, type Visitor } from "../support/visitor.ts";

/** One entry more on the house's own list, as an import brings it: everybody is screened anew because of it. Answers its name there. */
async function listPerson({ firstName, lastName, birthDate }: Visitor): Promise<string> {
  const ref = `e2e-${randomUUID()}`;
  const head = "ref,name,surname,aliases,births,countries,gender,programs,remarks";
  const row = `${ref},${firstName} ${lastName},${lastName},,${birthDate},MT,M,TEST,Invented.`;
  const bytes = Buffer.from(`${head}\n${row}\n`);
  const parsed = parseHouseList("HOUSE", [{ name: "one-more.csv", bytes }]);
  if (!parsed.ok) throw new Error(parsed.error.code);
  const { entries, publishedOn } = parsed.value;
  const checksum = createHash("sha256").update(bytes).digest("hex");
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      const list = { source: "HOUSE", checksum, files: [], publishedOn, by: "job:e2e", reason: "Tried out" } as const;
      await insertListVersion(tx, { ...list, entries: 1, persons: 1 }, diffEntries(new Map(), entries));
      await startRun(tx, "LIST", "job:e2e");
    }),
  );
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
    await expect(hit).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await hit.click();
  await expect(page.getByRole("heading", { name: "Side by side" })).toBeVisible();
}

const stateOf = async (payoutId: string): Promise<unknown> => (await callEngine(`/v1/payouts/${payoutId}`))["status"];

test("a hit of a new list stops a payout until compliance has dismissed it, and then it is paid", async ({
  signedInAs,
}) => {
  const who = { firstName: "Florian", lastName: newSurname(), birthDate: "1971-03-09" };
  const playerId = await fundVerified(who);
  const ref = await listPerson(who);
  const compliance = await signedInAs("compliance");
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
  const ref = await listPerson(who);
  const first = await signedInAs("compliance");
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

/** Like no other name in the casino, or it would be a hit of theirs as well. */
function newSurname(): string {
  return Array.from(randomBytes(12), (byte) => String.fromCharCode(97 + (byte % 26))).join("");
}
