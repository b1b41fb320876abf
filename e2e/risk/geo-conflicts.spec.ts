import { callEngine } from "../support/casino.ts";
import { openPlayer } from "../support/seed-play.ts";
import { expect, test } from "../support/test.ts";

test("a place is tried against every jurisdiction, and a launch that was refused is found with its reason", async ({
  signedInAs,
}) => {
  const playerId = await openPlayer("somewhere else");
  const launch = { playerId, currency: "EUR", ip: "8.8.8.8" };
  await expect(callEngine("/v1/games/pragm_live_roulette/launch", launch)).rejects.toThrow(/LOCATION_NOT_ALLOWED/);

  const risk = await signedInAs("risk");
  await risk.goto("/geo");
  const attempt = risk.getByRole("region", { name: "Try a place" });
  await attempt.getByLabel("Position (latitude, longitude)").fill("47.8095, 13.055");
  await attempt.getByRole("button", { name: "Look up" }).click();
  await expect(attempt.getByText("DEVICE AT")).toBeVisible();
  await expect(attempt.getByRole("heading", { name: /^DE v\d+ Refused$/ })).toBeVisible();
  await expect(attempt.getByRole("heading", { name: /^MT v\d+ Allowed$/ })).toBeVisible();

  await risk.getByRole("button", { name: "Conflicts" }).click();
  await expect(risk).toHaveURL(/\/geo\/conflicts$/);
  await risk.goto(`/geo/conflicts?player=${playerId}`);
  const row = risk.getByRole("row", { name: /Blocked country/ });
  await expect(row).toContainText("IP US");
  await row.getByRole("link", { name: /^geo_/ }).click();
  await expect(risk.getByRole("heading", { level: 1, name: "Blocked country" })).toBeVisible();
  await expect(risk.getByText("8.8.8.8")).toBeVisible();

  const support = await signedInAs("support");
  await support.goto("/geo/conflicts");
  await expect(support.getByText("Your roles don’t include this page")).toBeVisible();
});
