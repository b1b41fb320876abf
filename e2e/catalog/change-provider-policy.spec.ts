/** On a provider's page: what money depends on is for two people, and a made secret is shown once. */
import { approve } from "../support/decide.ts";
import { ageSecondFactor } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const provider = "softswiss_demo";

test("a provider's largest stake is proposed on its page, and holds once a second person has approved it", async ({
  signedInAs,
}) => {
  const operations = await signedInAs("operations");
  await ageSecondFactor("operations", 0);
  await operations.goto(`/providers/${provider}`);
  await operations.getByRole("button", { name: "Change policy" }).click();
  const dialog = operations.getByRole("dialog", { name: /^Policy version/ });
  const propose = dialog.getByRole("button", { name: "Propose", exact: true });
  await dialog.getByLabel("Largest stakes").fill("43.21");
  await expect(dialog.getByText("This can't be taken")).toBeVisible();
  await expect(propose).toHaveCount(0);
  await dialog.getByLabel("Largest stakes").fill("43.21 EUR");
  await expect(dialog.getByRole("cell", { name: "betMax.EUR" })).toBeVisible();
  await dialog.getByLabel("Reason").fill("As the contract of May says");
  await propose.click();
  await expect(operations).toHaveURL(/\/approvals\/ap_/);
  await expect(operations.getByRole("button", { name: "Approve" })).toHaveCount(0);
  const path = new URL(operations.url()).pathname;

  const second = await signedInAs("finance");
  await ageSecondFactor("finance", 0);
  await second.goto(path);
  await expect(second.getByRole("cell", { name: "betMax.EUR" })).toBeVisible();
  await approve(second);

  await operations.goto(`/providers/${provider}`);
  await expect(operations.getByRole("region", { name: "Policy", exact: true })).toContainText("43.21 EUR");
});

test("a credential is rotated on the page by an admin, and its secret is there this once", async ({ signedInAs }) => {
  const admin = await signedInAs("admin");
  await ageSecondFactor("admin", 0);
  // The simulated aggregator of the other one goes on signing with what it has.
  await admin.goto("/providers/signedjson_demo");
  await admin.getByRole("button", { name: "Rotate credential" }).click();
  const dialog = admin.getByRole("dialog", { name: "Another credential" });
  await dialog.getByLabel("Reason").fill("Its turn has come");
  await dialog.getByRole("button", { name: "Rotate", exact: true }).click();
  const done = admin.getByRole("dialog", { name: "The new credential is live" });
  const secret = await done.locator("dd").last().innerText();
  expect(Buffer.from(secret, "base64")).toHaveLength(32);
  await done.getByRole("button", { name: "Close" }).last().click();
  const credentials = admin.getByRole("region", { name: "Credentials" });
  await expect(credentials.getByText("Live", { exact: true })).toHaveCount(1);
  await expect(credentials.getByText("Ending", { exact: true })).toHaveCount(1);
  expect(await admin.content()).not.toContain(secret);
});
