import { describe, expect, test } from "vitest";
import {
  defaultGameBank,
  defaultProviderPolicy,
  type ProviderPolicy,
  providerPolicySchema,
} from "../provider-policy.ts";
import { askAgainMs, type BankInFacts, decideTransferReport, judgeBankIn, mayResend } from "./judge-transfer.ts";

const gameBank = { ...defaultGameBank, url: "https://bank.example/v1", most: { EUR: "100.00" } };
const policy: ProviderPolicy = { ...defaultProviderPolicy, gameBank };
const facts: BankInFacts = {
  currency: "EUR",
  amount: 4_000n,
  inBank: 6_000n,
  country: "MT",
  blocked: false,
  providerPaused: false,
};

describe("cash goes in", () => {
  test("up to exactly what the policy lets lie there", () => {
    expect(judgeBankIn(policy, facts).ok).toBe(true);
    expect(judgeBankIn(policy, { ...facts, amount: 4_001n })).toMatchObject({ error: { code: "GAME_BANK_FULL" } });
  });

  test.each([
    ["a provider without a game bank", { policy: { ...policy, gameBank: null } }, "GAME_BANK_NONE"],
    ["a paused provider", { providerPaused: true }, "PROVIDER_PAUSED"],
    ["a blocked player", { blocked: true }, "PLAYER_BLOCKED"],
    ["a closed country", { policy: { ...policy, closedCountries: ["MT"] } }, "COUNTRY_CLOSED"],
    ["a currency that the bank has no bound for", { currency: "USD" as const }, "CURRENCY_MISMATCH"],
    [
      "a currency that the provider is not played in",
      { policy: { ...policy, currencies: ["USD" as const] } },
      "CURRENCY_MISMATCH",
    ],
  ] as readonly (readonly [string, Partial<BankInFacts> & { policy?: ProviderPolicy }, string])[])(
    "not for %s",
    (_what, { policy: other = policy, ...change }, code) => {
      expect(judgeBankIn(other, { ...facts, ...change })).toMatchObject({ error: { code } });
    },
  );
});

describe("a provider's word", () => {
  const transfer = { state: "UNKNOWN", direction: "OUT", currency: "EUR", amount: 500n } as const;

  test("confirms the amount that was asked for, and tells how much everything was", () => {
    const done = { status: "DONE", currency: "EUR", amount: 500n, balance: 70n } as const;
    expect(decideTransferReport(transfer, done)).toMatchObject({
      value: { event: "confirm", amount: 500n, balance: 70n },
    });
    const all = { ...done, amount: 812n, balance: 0n };
    expect(decideTransferReport({ ...transfer, amount: null }, all)).toMatchObject({ value: { amount: 812n } });
  });

  test.each([{ amount: 501n }, { currency: "USD" as const }])(
    "that is about other money (%o) is no answer",
    (other) => {
      const done = { status: "DONE", currency: "EUR", amount: 500n, balance: 0n, ...other } as const;
      expect(decideTransferReport(transfer, done)).toMatchObject({ error: { code: "GAME_BANK_MISMATCH" } });
    },
  );

  test("that it does not know of it, or is at it, decides nothing", () => {
    for (const status of ["NOT_FOUND", "PENDING"] as const) {
      expect(decideTransferReport(transfer, { status })).toMatchObject({ value: { event: null, why: status } });
    }
  });
});

test("what is not known there is sent again only after the time of quiet", () => {
  const quiet = { ...gameBank, quietSeconds: 30 };
  expect(mayResend({ lastSentMs: 1_000, nowMs: 30_999 }, quiet)).toBe(false);
  expect(mayResend({ lastSentMs: 1_000, nowMs: 31_000 }, quiet)).toBe(true);
});

test("questions come further apart, up to the most", () => {
  const times = [0, 1, 2, 10, 500].map((tries) => askAgainMs(tries, gameBank));
  expect(times).toEqual([2_000, 4_000, 8_000, 120_000, 120_000]);
});

test("a policy from before there were game banks has none, and an address in the open is refused", () => {
  const { gameBank: _none, ...older } = defaultProviderPolicy;
  expect(providerPolicySchema.parse(older).gameBank).toBeNull();
  const open = { ...policy, gameBank: { ...gameBank, url: "http://bank.example/v1" } };
  expect(providerPolicySchema.safeParse(open).success).toBe(false);
});
