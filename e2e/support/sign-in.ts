import { type APIRequestContext, expect } from "@playwright/test";
import { casino } from "../playwright.config.ts";
import { credentialsOf, freshCode, type Person } from "./people.ts";

/** Signs somebody in through the console's own addresses; the context holds the cookies. */
export async function signIn(request: APIRequestContext, person: Person): Promise<void> {
  const { email, password } = credentialsOf(person);
  const begun = await request.post("/api/sign-in/password", { data: { email, password }, headers: sentByConsole });
  expect(begun.status()).toBe(200);
  const { flow } = (await begun.json()) as { flow: string };
  const factor = { flow, method: "TOTP", code: await freshCode(person) };
  const proven = await request.post("/api/sign-in/second-factor", { data: factor, headers: sentByConsole });
  expect(proven.status()).toBe(200);
  const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const form = { csrfToken, json: "true" };
  const entered = await request.post("/api/auth/callback/staff", { form, headers: sentByConsole });
  expect(entered.status()).toBe(200);
}

const sentByConsole = { origin: casino.consoleUrl };
