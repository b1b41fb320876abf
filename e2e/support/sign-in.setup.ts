/** Signs everybody in once, so that the specs need not. */
import { test as setup } from "@playwright/test";
import { casino } from "../playwright.config.ts";
import { cookiesOf, people } from "./people.ts";
import { seedPlay } from "./seed-play.ts";
import { signIn } from "./sign-in.ts";

for (const person of people) {
  setup(`${person} signs in`, async ({ playwright }) => {
    const request = await playwright.request.newContext({ baseURL: casino.consoleUrl });
    await signIn(request, person);
    await request.storageState({ path: cookiesOf(person) });
    await request.dispose();
  });
}

setup("players play", seedPlay);
