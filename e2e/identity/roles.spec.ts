import { type Permission, permissionRow } from "@pitboss/domain/identity/permissions";
import { roles } from "@pitboss/domain/identity/roles";
import { expect, test } from "../support/test.ts";

const pages: readonly { readonly name: string; readonly path: string; readonly permission?: Permission }[] = [
  { name: "Overview", path: "/" },
  { name: "Live", path: "/live", permission: "bet.read" },
  { name: "Approvals", path: "/approvals", permission: "approval.read" },
  { name: "Players", path: "/players", permission: "player.read" },
  { name: "Bets & rounds", path: "/bets", permission: "bet.read" },
  { name: "Ledger", path: "/ledger", permission: "ledger.read" },
  { name: "Staff & roles", path: "/staff", permission: "staff.read" },
  { name: "Audit", path: "/audit", permission: "audit.read" },
];

for (const role of roles) {
  test(`${role} sees every page's name, opens what is theirs, and is told whom the rest is for`, async ({
    signedInAs,
  }) => {
    const page = await signedInAs(role);
    await page.goto("/");
    const navigation = page.getByRole("navigation", { name: "Main navigation" });
    await expect(navigation.getByRole("link")).toHaveCount(pages.length);
    for (const { name, path, permission } of pages) {
      const allowed = permission === undefined || permissionRow(permission).roles.includes(role);
      const link = navigation.getByRole("link", { name: new RegExp(`^${name}`) });
      await link.click();
      await expect(page).toHaveURL(path);
      await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
      const refusal = page.getByText("Your roles don’t include this page");
      if (allowed) {
        await expect(refusal).toBeHidden();
        await expect(link).not.toHaveAccessibleName(/don't include/);
      } else {
        await expect(refusal).toBeVisible();
        await expect(page.getByText(permission, { exact: false })).toBeVisible();
        await expect(link).toHaveAccessibleName(/Your roles don't include this page. It is for /);
      }
    }
  });
}

test("an address that a role may not see says so when it is typed as well", async ({ signedInAs }) => {
  const page = await signedInAs("support");
  await page.goto("/audit");
  await expect(page.getByText("Your roles don’t include this page")).toBeVisible();
  await expect(page.getByText("It is for auditor, compliance and admin.", { exact: false })).toBeVisible();
});
