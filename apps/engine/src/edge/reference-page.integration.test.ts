import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Casino, startCasino } from "../testing/start-casino.ts";

let casino: Casino;
let page: Response;
let html: string;

beforeAll(async () => {
  casino = await startCasino();
  page = await fetch(`${casino.url()}/docs`);
  html = await page.text();
});
afterAll(async () => {
  await casino.close();
});

test("the page asks for nothing that this engine does not serve", async () => {
  expect(page.status).toBe(200);
  const sources = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, source = ""]) => new URL(source, page.url));
  expect(sources.map(({ origin }) => origin)).toEqual(sources.map(() => casino.url()));
  const [script] = sources;
  const bundle = await fetch(script ?? "");
  expect(bundle.headers.get("content-type")).toContain("javascript");
  expect(bundle.headers.get("cache-control")).toContain("max-age");
  expect((await bundle.text()).length).toBeGreaterThan(100_000);
  expect(html).toContain('"url": "/openapi.json"');
});

test("its policy lets its own scripts run, and nobody else's", () => {
  const policy = new Map(
    (page.headers.get("content-security-policy") ?? "").split("; ").map((line) => {
      const [name = "", ...values] = line.split(" ");
      return [name, values];
    }),
  );
  expect(policy.get("default-src")).toEqual(["'none'"]);
  expect(policy.get("connect-src")).toEqual(["'self'"]);
  const inline = [...html.matchAll(/<script[^>]*>([^<]+)<\/script>/g)].map(
    ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
  expect(inline).toHaveLength(1);
  expect(policy.get("script-src")).toEqual(["'self'", ...inline]);
});
