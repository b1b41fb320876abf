import { permissionRow } from "@pitboss/domain/identity/permissions";
import { roles } from "@pitboss/domain/identity/roles";
import { navigation as groups } from "@pitboss/console/src/features/frame/navigation.ts";
import { frame } from "@pitboss/console/src/messages/en/frame.ts";
import { expect, test } from "../support/test.ts";

/** The console's own list, so that a page which is added is looked at as well. */
const pages = groups
  .flatMap(({ items }) => items)
  .map(({ id, href, permission, hidden }) => ({ name: frame.navigation.pages[id], path: href, permission, hidden }));

for (const role of roles) {
  test(`${role} sees every page's name, opens what is theirs, and is told whom the rest is for`, async ({
    signedInAs,
  }) => {
    const page = await signedInAs(role);
    await page.goto("/");
    const navigation = page.getByRole("navigation", { name: "Main navigation" });
    const allows = (permission: (typeof pages)[number]["permission"]): boolean =>
      permission === undefined || permissionRow(permission).roles.includes(role);
    // That some pages exist is itself nobody else's business.
    const shown = pages.filter(({ hidden, permission }) => hidden !== true || allows(permission));
    await expect(navigation.getByRole("link")).toHaveCount(shown.length);
    for (const { name, path, permission } of shown) {
      const allowed = allows(permission);
      const link = navigation.locator(`a[href="${path}"]`);
      await expect(link).toHaveAccessibleName(new RegExp(`^${name}`));
      await link.click();
      await expect(page).toHaveURL(path);
      await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
      const refusal = page.getByText("Your roles don’t include this page");
      if (allowed) {
        await expect(refusal).toBeHidden();
        await expect(link).not.toHaveAccessibleName(/don't include/);
      } else {
        await expect(refusal).toBeVisible();
        await expect(page.getByText(permission ?? "", { exact: false })).toBeVisible();
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
