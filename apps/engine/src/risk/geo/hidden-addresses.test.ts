import { expect, test } from "vitest";
import { createHiddenAddresses } from "./hidden-addresses.ts";
import type { AddressAnswer, GeoVendor } from "./vendor/geo-vendor.ts";

function openVendor(answer: (ip: string) => AddressAnswer) {
  const asked: string[] = [];
  const vendor: GeoVendor = {
    name: "a vendor",
    lookUp: (ip) => {
      asked.push(ip);
      return Promise.resolve(answer(ip));
    },
  };
  let nowMs = 0;
  const hidden = createHiddenAddresses(vendor, () => nowMs);
  return { asked, hidden, pass: (ms: number) => (nowMs += ms) };
}

const away: AddressAnswer = { kind: "unanswered", why: "no route" };
const dayMs = 24 * 3_600_000;

test("an address is asked about once a day, however many ask for it at once", async () => {
  const { asked, hidden, pass } = openVendor(() => ({ kind: "answered", hides: "VPN" }));
  const all = await Promise.all([hidden.ask("8.8.8.8"), hidden.ask("8.8.8.8"), hidden.ask("8.8.8.8")]);
  expect(all).toEqual(["VPN", "VPN", "VPN"]);
  pass(dayMs - 1);
  expect(hidden.known("8.8.8.8")).toBe("VPN");
  expect(asked).toEqual(["8.8.8.8"]);
  pass(1);
  expect(await hidden.ask("8.8.8.8")).toBe("VPN");
  expect(asked).toHaveLength(2);
});

test("a bet waits for nobody: what is not known yet is asked for the next one", async () => {
  const { asked, hidden } = openVendor(() => ({ kind: "answered", hides: "NO" }));
  expect(hidden.known("8.8.8.8")).toBeNull();
  expect(await hidden.ask("8.8.8.8")).toBe("NO");
  expect(hidden.known("8.8.8.8")).toBe("NO");
  expect(asked).toEqual(["8.8.8.8"]);
});

test("a vendor that fails is left alone for a while, and asked again after it", async () => {
  let works = false;
  const { asked, hidden, pass } = openVendor(() => (works ? { kind: "answered", hides: "NO" } : away));
  for (const last of [1, 2, 3, 4, 5]) expect(await hidden.ask(`8.8.4.${last}`)).toBe("UNANSWERED");
  works = true;
  expect(await hidden.ask("8.8.4.6")).toBe("UNANSWERED");
  expect(asked).toHaveLength(5);
  pass(15_000);
  expect(await hidden.ask("8.8.4.6")).toBe("NO");
  expect(await hidden.ask("8.8.4.1")).toBe("UNANSWERED");
  pass(15_000);
  expect(await hidden.ask("8.8.4.1")).toBe("NO");
});

test("nobody is asked about addresses of one's own house, nor where there is no vendor", async () => {
  const { asked, hidden } = openVendor(() => ({ kind: "answered", hides: "NO" }));
  for (const ip of ["127.0.0.1", "10.2.3.4", "192.168.1.9", "::1", "no address"])
    expect(await hidden.ask(ip)).toBeNull();
  expect(asked).toEqual([]);
  expect(await createHiddenAddresses(undefined, () => 0).ask("8.8.8.8")).toBeNull();
});
