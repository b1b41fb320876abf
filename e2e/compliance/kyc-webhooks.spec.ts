import { casino } from "../playwright.config.ts";
import { expect, test } from "../support/test.ts";

test("what the verification vendor sent stands beside what payment providers did, and a forged one as it came", async ({
  signedInAs,
}) => {
  const forged = JSON.stringify({ type: "applicantReviewed", applicantId: `nobody-${Date.now()}` });
  const headers = { "content-type": "application/json", "x-payload-digest": "00" };
  const answer = await fetch(`${casino.engineUrl}/v1/kyc/webhooks`, { method: "POST", headers, body: forged });
  expect(answer.ok).toBe(false);

  const risk = await signedInAs("risk");
  await risk.goto("/webhooks");
  await risk.getByRole("button", { name: "Verification" }).click();
  await expect(risk).toHaveURL(/\/webhooks\/kyc$/);
  await expect(risk.getByRole("heading", { level: 1, name: "Webhooks of the verification vendor" })).toBeVisible();

  const compliance = await signedInAs("compliance");
  await compliance.goto("/kyc");
  await compliance.getByRole("button", { name: "Webhooks" }).click();
  await compliance.goto("/webhooks/kyc?state=FORGED");
  await compliance.getByRole("link", { name: /^kwh_/ }).first().click();
  await expect(compliance.getByText(/nobody-\d+/).first()).toBeVisible();
});
