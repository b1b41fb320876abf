import { readFileSync } from "node:fs";
import { join } from "node:path";
import { casino } from "../playwright.config.ts";
import { cookiesOf } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const keyFile = (name: string): string => readFileSync(join(casino.dataDir, "keys", name), "utf8").trim();

function directives(policy: string | undefined): Map<string, string> {
  return new Map(
    (policy ?? "").split(";").map((part) => {
      const [name = "", ...values] = part.trim().split(" ");
      return [name, values.join(" ")];
    }),
  );
}

test("every page carries a policy with a nonce of its own, under which nothing inline runs", async ({ signedInAs }) => {
  const page = await signedInAs("admin");
  const nonces = new Set<string>();
  for (const path of ["/", "/players", "/sign-in", "/not-there", "/api/auth/session"]) {
    const response = await page.request.get(path, { maxRedirects: 0 });
    const policy = directives(response.headers()["content-security-policy"]);
    const scripts = policy.get("script-src") ?? "";
    expect(scripts, path).not.toContain("unsafe-inline");
    expect(scripts, path).not.toContain("unsafe-eval");
    nonces.add(/'nonce-([^']+)'/.exec(scripts)?.[1] ?? "");
    expect(policy.get("style-src"), path).not.toContain("unsafe-inline");
    expect(policy.get("frame-ancestors"), path).toBe("'none'");
    expect(policy.get("object-src"), path).toBe("'none'");
    expect(policy.get("base-uri"), path).toBe("'none'");
    expect(policy.get("form-action"), path).toBe("'self'");
    expect(policy.get("connect-src"), path).toBe("'self'");
    expect(response.headers(), path).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(response.headers()["x-powered-by"], path).toBeUndefined();
  }
  expect(nonces.size).toBe(5);
});

test("every script and style of a page bears the page's nonce, and a script without it does not run", async ({
  browser,
}) => {
  const context = await browser.newContext({ storageState: cookiesOf("admin") });
  const page = await context.newPage();
  const response = await page.goto("/");
  const nonce = /'nonce-([^']+)'/.exec(response?.headers()["content-security-policy"] ?? "")?.[1];
  expect(nonce).toBeTruthy();
  const strangers = await page.evaluate(
    (expected) =>
      [...document.querySelectorAll<HTMLElement>("script, style")].filter(({ nonce: own }) => own !== expected).length,
    nonce,
  );
  expect(strangers).toBe(0);
  const ran = await page.evaluate(() => {
    const script = document.createElement("div");
    script.innerHTML = `<img src="data:," onerror="window.injected = true">`;
    document.body.append(script);
    return new Promise((resolve) => {
      script.querySelector("img")?.addEventListener("error", () => resolve("injected" in window));
    });
  });
  expect(ran).toBe(false);
  await context.close();
});

test("the cookie of a session is out of reach of scripts and of other sites, and holds no token", async ({
  browser,
}) => {
  const context = await browser.newContext({ storageState: cookiesOf("admin") });
  const page = await context.newPage();
  await page.goto("/");
  const cookies = await context.cookies();
  const session = cookies.find(({ name }) => name.endsWith("pitboss.session"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  // An encrypted token of next-auth has five parts; a signed one, which anybody could read, has three.
  expect(session?.value.split(".")).toHaveLength(5);
  for (const { name, httpOnly } of cookies)
    if (!/pitboss\.view/.test(name)) expect([name, httpOnly]).toEqual([name, true]);
  expect(await page.evaluate(() => document.cookie)).not.toContain("session");
  await context.close();
});

test("what another origin sends is refused, whichever way it says where it is from", async ({
  signedInAs,
  baseURL,
}) => {
  const page = await signedInAs("admin");
  const own = { origin: baseURL ?? "" };
  const call = (headers: Record<string, string>) =>
    page.request.post("/api/trpc/account.signOutEverywhere", { headers, data: { keepThis: true } });
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: `${casino.consoleUrl}.evil.example` },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    {},
  ] as Record<string, string>[]) {
    expect([headers, (await call(headers)).status()]).toEqual([headers, 403]);
  }
  const evil = { origin: "https://evil.example" };
  expect((await page.request.get("/api/trpc/account.me", { headers: evil })).status()).toBe(403);
  expect((await page.request.post("/api/sign-in/password", { headers: evil, data: {} })).status()).toBe(403);
  expect((await page.request.get("/api/exports/ex_1", { headers: evil })).status()).toBe(403);
  expect((await page.request.get("/api/trpc/account.me", { headers: own })).status()).toBe(200);
});

test("whoever has no cookie gets no page and no data", async ({ request, baseURL }) => {
  const page = await request.get("/players", { maxRedirects: 0 });
  expect([307, 303, 302]).toContain(page.status());
  const headers = { origin: baseURL ?? "" };
  expect((await request.get("/api/trpc/player.list", { headers })).status()).toBe(401);
  expect((await request.get("/api/exports/ex_1", { headers })).status()).toBe(403);
});

test("no page, no answer and no bundle holds a secret or a token of the engine", async ({ signedInAs }) => {
  const page = await signedInAs("admin");
  const texts = new Map<string, string>();
  page.on("response", (response) => {
    void response.text().then(
      (text) => texts.set(response.url(), text),
      () => undefined,
    );
  });
  for (const path of ["/", "/players", "/players/p_1", "/staff", "/staff/machines", "/audit", "/account", "/sign-in"]) {
    await page.goto(path, { waitUntil: "networkidle" });
  }
  const bundles = [...texts.keys()].filter((url) => url.includes("/_next/static/"));
  expect(bundles.length).toBeGreaterThan(5);
  const secrets = [keyFile("console-key"), keyFile("console-secret")];
  for (const [url, text] of texts) {
    for (const secret of secrets) expect(text.includes(secret), `${url} holds a secret`).toBe(false);
    // A signed token begins with the base64 of `{"` in both of its first two parts.
    expect(/eyJ[\w-]{8,}\.eyJ[\w-]{8,}\./.test(text), `${url} holds a token`).toBe(false);
    expect(/CONSOLE_SECRET|CONSOLE_KEY|x-pitboss-console-key/.test(text), `${url} names a secret`).toBe(false);
    expect(text.includes("sourceMappingURL"), `${url} has a source map`).toBe(false);
  }
});
