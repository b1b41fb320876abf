/** Signs everybody in once, through the console's own addresses, so that the specs need not. */
import { expect, test as setup } from "@playwright/test";
import { casino } from "../playwright.config.ts";
import { seedPlay } from "./seed-play.ts";
import { cookiesOf, credentialsOf, freshCode, people } from "./people.ts";

for (const person of people) {
  setup(`${person} signs in`, async ({ playwright }) => {
    const request = await playwright.request.newContext({
      baseURL: casino.consoleUrl,
      extraHTTPHeaders: { origin: casino.consoleUrl },
    });
    const { email, password } = credentialsOf(person);
    const begun = await request.post("/api/sign-in/password", { data: { email, password } });
    expect(begun.status()).toBe(200);
    const { flow } = (await begun.json()) as { flow: string };
    const factor = { flow, method: "TOTP", code: await freshCode(person) };
    expect((await request.post("/api/sign-in/second-factor", { data: factor })).status()).toBe(200);
    const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
    const entered = await request.post("/api/auth/callback/staff", { form: { csrfToken, json: "true" } });
    expect(entered.status()).toBe(200);
    await request.storageState({ path: cookiesOf(person) });
    await request.dispose();
  });
}

setup("players play", seedPlay);
