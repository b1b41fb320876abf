import { expect, test } from "vitest";
import { clientAddress } from "./client-address.ts";

test("without a proxy of ours, the connection alone says who it is", () => {
  expect(clientAddress("203.0.113.9", "10.0.0.1", 0)).toBe("203.0.113.9");
});

test("behind two proxies, the second from the end is the client, whatever the client wrote before it", () => {
  expect(clientAddress("10.0.0.2", "1.2.3.4, 203.0.113.9, 10.0.0.1", 2)).toBe("203.0.113.9");
});

test("a header that is shorter than the chain of proxies leaves the connection", () => {
  expect(clientAddress("10.0.0.2", undefined, 1)).toBe("10.0.0.2");
});

test("an IPv4 address in IPv6 spelling is written as IPv4", () => {
  expect(clientAddress("::ffff:203.0.113.9", undefined, 0)).toBe("203.0.113.9");
});
