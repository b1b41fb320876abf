import { expect, type Page } from "@playwright/test";
import { credentialsOf, type Person } from "./people.ts";

/** E-mail and password; the second factor comes next. */
export async function givePassword(page: Page, person: Person, path = "/sign-in"): Promise<void> {
  const { email, password } = credentialsOf(person);
  await page.goto(path);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Second factor" })).toBeVisible();
}

/** Six digits, one in each box, as fingers type them; the last one sends the form. */
export async function typeCode(page: Page, code: string): Promise<void> {
  const boxes = page.getByRole("group", { name: "Six-digit code" }).getByRole("textbox");
  await boxes.first().click();
  await page.keyboard.type(code);
}
