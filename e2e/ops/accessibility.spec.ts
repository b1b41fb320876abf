/** Axe on every page of the console, for whoever sees it, light and dark, wide and on a phone. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { findWaiting, newIban, payHouse, payOutByBank } from "../support/bank-transfers.ts";
import { ageSecondFactor, type Person } from "../support/people.ts";
import { compareMissingRound, compareStatement, openAffiliate, proposeAdjustment } from "../support/staff-api.ts";
import { openDisputed, readPlayed } from "../support/seed-play.ts";
import { expect, test } from "../support/test.ts";

interface Check {
  /** Who sees the page with all that is on it; undefined for whoever is not signed in. */
  readonly as: Person | undefined;
  /** The address, and what must stand there before it is looked at. */
  readonly open: (page: Page) => Promise<void>;
}

const at =
  (path: string | (() => string), ready?: (page: Page) => Promise<void>) =>
  async (page: Page): Promise<void> => {
    await page.goto(typeof path === "string" ? path : path());
    await ready?.(page);
  };
const firstOf = (list: string) => async (page: Page) => {
  await page.goto(list);
  const href = await page.getByRole("table").first().locator("a[data-row-link]").first().getAttribute("href");
  await page.goto(href ?? "/missing");
};

/** A page that stands here and is gone, or one that is new and does not stand here, fails the first test. */
const checks: Readonly<Record<string, Check>> = {
  "/": { as: "compliance", open: at("/") },
  "/account": { as: "admin", open: at("/account") },
  "/affiliates": { as: "finance", open: at("/affiliates") },
  "/affiliates/[affiliateId]": {
    as: "finance",
    open: async (page) => {
      await ageSecondFactor("finance", 0);
      await page.goto(`/affiliates/${(await openAffiliate(page, "Axe partner")).affiliateId}`);
    },
  },
  "/affiliates/statements": { as: "finance", open: at("/affiliates/statements") },
  "/affiliates/statements/[statementId]": {
    as: "finance",
    open: async (page) => {
      await ageSecondFactor("finance", 0);
      await page.goto(`/affiliates/statements/${(await openAffiliate(page, "Axe statement")).statementId}`);
    },
  },
  "/approvals": { as: "compliance", open: at("/approvals?box=all") },
  "/approvals/[approvalId]": {
    as: "finance",
    open: async (page) => {
      await ageSecondFactor("finance", 0);
      await page.goto(`/approvals/${await proposeAdjustment(page, "p_7")}`);
    },
  },
  "/audit": { as: "auditor", open: at("/audit") },
  "/audit/[auditId]": { as: "auditor", open: firstOf("/audit") },
  "/bank-transfers": { as: "finance", open: at("/bank-transfers") },
  "/bank-transfers/[creditId]": {
    as: "finance",
    open: async (page) => {
      await payHouse({ amount: "12.34", name: "Nobody Known", iban: newIban(), remittance: "for the page" });
      await page.goto(`/bank-transfers/${await findWaiting(page, "12.34")}`);
      await expect(page.getByText("for the page")).toBeVisible();
    },
  },
  "/bets": { as: "operations", open: at("/bets") },
  "/bets/[betId]": { as: "operations", open: at(() => `/bets/${readPlayed().heldBetId}`) },
  "/chargebacks": { as: "finance", open: at("/chargebacks") },
  "/chargebacks/[chargebackId]": {
    as: "finance",
    open: async (page) => {
      const list = `/chargebacks?player=${await openDisputed("disputed-page")}`;
      await page.goto(list);
      await expect(async () => {
        await page.reload();
        await expect(page.locator("a[data-row-link]").first()).toBeVisible({ timeout: 2_000 });
      }).toPass();
      await firstOf(list)(page);
    },
  },
  "/deposits": { as: "finance", open: at("/deposits") },
  "/deposits/[depositId]": { as: "finance", open: firstOf("/deposits") },
  "/exposure": { as: "finance", open: at("/exposure") },
  "/exports": { as: "finance", open: at("/exports") },
  "/geo": { as: "compliance", open: at("/geo") },
  "/games": { as: "operations", open: at("/games") },
  "/games/[code]": { as: "operations", open: at("/games/pitboss_dice") },
  "/lobby": { as: "operations", open: at("/lobby") },
  "/lobby/[code]": { as: "operations", open: at("/lobby/live-first") },
  "/invitation": { as: undefined, open: at("/invitation") },
  "/jurisdictions": { as: "compliance", open: at("/jurisdictions") },
  "/geo/conflicts": { as: "risk", open: at("/geo/conflicts") },
  "/geo/conflicts/[decisionId]": { as: "risk", open: firstOf("/geo/conflicts") },
  "/instruments": { as: "finance", open: at("/instruments") },
  "/ledger": { as: "finance", open: at("/ledger") },
  "/ledger/[transactionId]": {
    as: "finance",
    open: at(() => `/ledger/${readPlayed().wonBetId.replace("bet_", "tx_")}`),
  },
  "/limit-profiles": { as: "compliance", open: at("/limit-profiles") },
  "/live": { as: "admin", open: at("/live") },
  "/payout-batches": { as: "finance", open: at("/payout-batches") },
  "/payout-batches/[batchId]": {
    as: "finance",
    open: async (page) => {
      await ageSecondFactor("finance", 0);
      await page.goto(`/payout-batches/${await payOutByBank(page)}`);
    },
  },
  "/payouts": { as: "finance", open: at("/payouts?box=all") },
  "/payouts/[payoutId]": { as: "finance", open: at(() => `/payouts/${readPlayed().payoutId}`) },
  "/players": { as: "compliance", open: at("/players") },
  "/players/[playerId]": { as: "compliance", open: at(() => `/players/${readPlayed().playerId}`) },
  "/players/[playerId]/balance/[currency]": {
    as: "finance",
    open: at(() => `/players/${readPlayed().playerId}/balance/EUR`),
  },
  "/psps": { as: "finance", open: at("/psps") },
  "/treasury": { as: "finance", open: at("/treasury") },
  "/cashier-rules": { as: "finance", open: at("/cashier-rules") },
  "/reports/charges": { as: "finance", open: at("/reports/charges") },
  "/reports/builder": { as: "finance", open: at("/reports/builder") },
  "/reports/cohorts": { as: "finance", open: at("/reports/cohorts") },
  "/reports/days": { as: "finance", open: at("/reports/days") },
  "/reports/days/[day]": { as: "finance", open: at("/reports/days/2026-01-01") },
  "/reports/facts": { as: "finance", open: at("/reports/facts") },
  "/reports/games": { as: "finance", open: at("/reports/games") },
  "/reports/ggr": { as: "finance", open: at("/reports/ggr") },
  "/reports/payout-sla": { as: "finance", open: at("/reports/payout-sla") },
  "/reports/pnl": { as: "finance", open: at("/reports/pnl") },
  "/rg": { as: "compliance", open: at("/rg") },
  "/provider-reconciliation": {
    as: "operations",
    open: async (page) => {
      await compareMissingRound(page);
      await page.goto("/provider-reconciliation");
    },
  },
  "/provider-reconciliation/[breakId]": {
    as: "operations",
    open: async (page) => {
      await compareMissingRound(page);
      await firstOf("/provider-reconciliation")(page);
    },
  },
  "/provider-reconciliation/runs": { as: "operations", open: at("/provider-reconciliation/runs") },
  "/reconciliation": {
    as: "finance",
    open: async (page) => {
      await compareStatement(page);
      await page.goto("/reconciliation");
    },
  },
  "/reconciliation/[breakId]": {
    as: "finance",
    open: async (page) => {
      await compareStatement(page);
      await firstOf("/reconciliation")(page);
    },
  },
  "/reconciliation/reports": { as: "finance", open: at("/reconciliation/reports") },
  "/reconciliation/runs": { as: "finance", open: at("/reconciliation/runs") },
  "/reconciliation/statements": { as: "finance", open: at("/reconciliation/statements") },
  "/reconciliation/triage": { as: "finance", open: at("/reconciliation/triage") },
  "/providers": { as: "operations", open: at("/providers") },
  "/providers/[provider]": { as: "operations", open: at("/providers/hub88_demo") },
  "/rounds": { as: "operations", open: at("/rounds") },
  "/rounds/automatic": { as: "operations", open: at("/rounds/automatic") },
  "/rounds/[provider]/[playerId]/[roundId]": {
    as: "operations",
    open: at(() => `/rounds/pragm/${readPlayed().playerId}/${readPlayed().roundId}`),
  },
  "/kyc": { as: "compliance", open: at("/kyc") },
  "/kyc/[caseId]": { as: "compliance", open: firstOf("/kyc") },
  "/aml": { as: "compliance", open: at("/aml") },
  "/aml/[caseId]": { as: "compliance", open: firstOf("/aml") },
  "/aml/rules": { as: "compliance", open: at("/aml/rules") },
  "/sars": { as: "compliance", open: at("/sars") },
  "/risk": { as: "risk", open: at("/risk") },
  "/risk/[alertId]": { as: "risk", open: firstOf("/risk") },
  "/risk/rules": { as: "risk", open: at("/risk/rules") },
  "/links": { as: "risk", open: at(() => `/links?player=${readPlayed().playerId}`) },
  "/screening": { as: "compliance", open: at("/screening") },
  "/screening/[hitId]": { as: "compliance", open: firstOf("/screening") },
  "/sign-in": { as: undefined, open: at("/sign-in") },
  "/staff": { as: "admin", open: at("/staff") },
  "/staff/[staffId]": { as: "admin", open: firstOf("/staff") },
  "/staff/machines": { as: "admin", open: at("/staff/machines") },
  "/staff/networks": { as: "admin", open: at("/staff/networks") },
  "/staff/roles": { as: "admin", open: at("/staff/roles") },
  "/terminal": { as: "admin", open: at("/terminal") },
  "/webhooks": { as: "finance", open: at("/webhooks") },
  "/webhooks/[webhookId]": { as: "finance", open: firstOf("/webhooks") },
  "/webhooks/kyc": { as: "compliance", open: at("/webhooks/kyc") },
  "/webhooks/kyc/[webhookId]": {
    as: "compliance",
    open: async (page) => {
      // What the vendor sent is about a person: it is read with a fresh second factor.
      await ageSecondFactor("compliance", 0);
      await firstOf("/webhooks/kyc")(page);
    },
  },
};

const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

/** Every page of a production build: `page.tsx`; groups in brackets are no part of the address. */
function listRoutes(): string[] {
  const app = join(import.meta.dirname, "../../apps/console/src/app");
  return readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((path) => /(^|\/)page\.tsx$/.test(path))
    .map(
      (path) =>
        `/${path
          .split("/")
          .slice(0, -1)
          .filter((part) => !part.startsWith("("))
          .join("/")}`,
    )
    .sort();
}

/** Waits for what was asked for, and for what moves to stand still: a colour on its way is no colour. */
async function settle(page: Page): Promise<void> {
  await expect(page.locator("[aria-busy=true], [data-slot=skeleton]")).toHaveCount(0);
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished.catch(() => undefined)),
    ),
  );
}

async function expectNoViolation(page: Page, rules?: string[], within = "html"): Promise<void> {
  await settle(page);
  // Base UI's guards send the focus on the moment they get it; nobody ever stands on one.
  const builder = new AxeBuilder({ page }).include(within).exclude("[data-base-ui-focus-guard]");
  const { violations } = await (rules === undefined ? builder : builder.withRules(rules)).analyze();
  expect(
    violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`),
    })),
  ).toEqual([]);
}

/** Nothing is wider than the screen: who reads on a phone, or at 400 %, scrolls in one direction (WCAG 1.4.10). */
async function expectNoOverflow(page: Page): Promise<void> {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(inner).toBeLessThanOrEqual(outer);
}

/** Light and dark differ in colours alone, so the second look is for those. */
async function expectAccessible(page: Page): Promise<void> {
  for (const viewport of [wide, phone]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: "light" });
    await expectNoViolation(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectNoViolation(page, ["color-contrast", "link-in-text-block"]);
  }
  await expectNoOverflow(page);
}

test("every page of the console is looked at", () => {
  expect(Object.keys(checks).sort()).toEqual(listRoutes());
});

for (const [route, { as, open }] of Object.entries(checks)) {
  test(`${route} has no violation`, async ({ page, signedInAs }) => {
    const reader = as === undefined ? page : await signedInAs(as);
    await reader.setViewportSize(wide);
    await open(reader);
    await expectAccessible(reader);
  });
}

test("a player's limits and clocks have no violation", async ({ signedInAs }) => {
  const page = await signedInAs("compliance");
  await page.goto(`/players/${readPlayed().playerId}?tab=rg`);
  await expect(page.getByRole("heading", { name: "Explain limits" })).toBeVisible();
  await expectAccessible(page);
});

test("a page that one may not see has no violation", async ({ signedInAs }) => {
  const page = await signedInAs("support");
  await page.goto("/audit");
  await expectAccessible(page);
});

test("a page that is not there has no violation", async ({ signedInAs }) => {
  const page = await signedInAs("support");
  await page.goto("/players/p_zzzzz");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
});

test.describe("what opens over a page has no violation", () => {
  test("the finder", async ({ signedInAs }) => {
    const page = await signedInAs("compliance");
    await page.goto("/");
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox").fill("ada");
    await expect(page.getByRole("option", { name: /^ada/ }).first()).toBeVisible();
    await expectAccessible(page);
  });

  test("a row that is looked at beside its list", async ({ signedInAs }) => {
    const page = await signedInAs("operations");
    await page.goto(`/bets?peek=${readPlayed().heldBetId}`);
    await expect(page.getByRole("complementary", { name: /^Details of/ })).toBeVisible();
    await expectAccessible(page);
  });

  test("a form with what is wrong in it", async ({ signedInAs }) => {
    const page = await signedInAs("finance");
    await page.goto("/players/p_1");
    await page.getByRole("button", { name: "Adjust balance" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Propose" }).click();
    await expect(page.getByText("Choose a category.")).toBeVisible();
    await expectAccessible(page);
  });

  test("the account's menu", async ({ signedInAs }) => {
    const page = await signedInAs("auditor");
    await page.goto("/account");
    await page.getByRole("button", { name: /^Account menu/ }).click();
    await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
    // It lies over the page, outside of its landmarks, and holds the focus while it is open.
    await expectNoViolation(page, undefined, "[role=menu]");
  });
});
