import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { GeoVendor } from "./geo-vendor.ts";
import { createMaxmind } from "./maxmind.ts";

let server: Server | undefined;
afterEach(() => server?.close());

async function vendorThatSays(status: number, body: string): Promise<GeoVendor> {
  server = createServer((_request, reply) => reply.writeHead(status).end(body)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const credentials = { accountId: "42", licenseKey: "0123456789abcdef" };
  return createMaxmind({ name: "MaxMind", adapter: "maxmind", url, ...credentials, timeoutMs: 1_000 });
}

test.each<[object, string]>([
  [{ traits: {} }, "NO"],
  [{ traits: { is_anonymous: true, is_anonymous_vpn: true, is_hosting_provider: true } }, "VPN"],
  [{ traits: { is_tor_exit_node: true, is_anonymous_vpn: true } }, "TOR"],
  [{ traits: { is_residential_proxy: true } }, "PROXY"],
  [{ traits: { is_hosting_provider: true } }, "HOSTING"],
  [{ traits: { is_anonymous: true } }, "PROXY"],
  [{ traits: {}, anonymizer: { is_anonymous: true, is_anonymous_vpn: true } }, "VPN"],
  [{ country: { iso_code: "DE" } }, "NO"],
])("%o says %s", async (body, hides) => {
  const vendor = await vendorThatSays(200, JSON.stringify(body));
  expect(await vendor.lookUp("203.0.113.7")).toEqual({ kind: "answered", hides });
});

test.each<[number, string, object]>([
  [404, '{"code":"IP_ADDRESS_NOT_FOUND","error":"no"}', { kind: "answered", hides: "NO" }],
  [400, '{"code":"IP_ADDRESS_RESERVED","error":"no"}', { kind: "answered", hides: "NO" }],
  [402, '{"code":"INSUFFICIENT_FUNDS","error":"no"}', { kind: "unanswered", why: "402 INSUFFICIENT_FUNDS" }],
  [401, '{"code":"AUTHORIZATION_INVALID","error":"no"}', { kind: "unanswered", why: "401 AUTHORIZATION_INVALID" }],
])("%i with %s is taken as %o", async (status, body, answer) => {
  expect(await (await vendorThatSays(status, body)).lookUp("203.0.113.7")).toEqual(answer);
});

test("what is no answer at all is none", async () => {
  const vendor = await vendorThatSays(502, "<html>Bad gateway</html>");
  expect((await vendor.lookUp("203.0.113.7")).kind).toBe("unanswered");
  server?.close();
  expect((await vendor.lookUp("203.0.113.7")).kind).toBe("unanswered");
});
