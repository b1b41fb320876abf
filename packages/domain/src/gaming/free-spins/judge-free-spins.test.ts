import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultFreeSpins, defaultProviderPolicy, type ProviderPolicy } from "../provider-policy.ts";
import {
  areFreeSpinsOver,
  freeSpinsMachine,
  type FreeSpinsState,
  freeSpinsStates,
  mayRecall,
} from "./free-spins-machine.ts";
import { freeSpinsRefusals, type FreeSpinsReport } from "./free-spins-words.ts";
import {
  decideAsked,
  decideCancelled,
  decideIssued,
  decideRecalled,
  decideTold,
  type EndFacts,
  type IssueFacts,
  judgeIssue,
} from "./judge-free-spins.ts";

const freeSpins = { ...defaultFreeSpins, url: "https://aggregator.example", casinoId: "house" };
const policy: ProviderPolicy = { ...defaultProviderPolicy, freeSpins };
const day = 24 * 3_600_000;
const game = { code: "wheel", open: true, ofProvider: true, bannedCountries: [], currencies: ["EUR"] };
const facts: IssueFacts = {
  currency: "EUR",
  spins: 10,
  nowMs: 1_000 * day,
  validUntilMs: 1_007 * day,
  country: "MT",
  blocked: false,
  providerPaused: false,
  games: [game],
};

describe("an issue", () => {
  test("goes out where nothing is against it", () => {
    expect(judgeIssue(policy, facts)).toEqual({ ok: true, value: freeSpins });
  });
  test.each<[string, ProviderPolicy, Partial<IssueFacts>]>([
    ["FREE_SPINS_NONE", defaultProviderPolicy, {}],
    ["PROVIDER_PAUSED", policy, { providerPaused: true }],
    ["PLAYER_BLOCKED", policy, { blocked: true }],
    ["COUNTRY_CLOSED", { ...policy, closedCountries: ["MT"] }, {}],
    ["COUNTRY_CLOSED", policy, { games: [{ ...game, bannedCountries: ["MT"] }] }],
    ["CURRENCY_MISMATCH", { ...policy, currencies: ["USD"] }, {}],
    ["CURRENCY_MISMATCH", policy, { currency: "USD" }],
    ["FREE_SPINS_TOO_MANY", policy, { spins: 101 }],
    ["FREE_SPINS_EXPIRY", policy, { validUntilMs: facts.nowMs }],
    ["FREE_SPINS_EXPIRY", policy, { validUntilMs: facts.nowMs + 30 * day + 1 }],
    ["GAME_NOT_FOUND", policy, { games: [game, { ...game, ofProvider: false }] }],
    ["GAME_DISABLED", policy, { games: [{ ...game, open: false }] }],
  ])("is refused with %s", (code, by, more) => {
    expect(judgeIssue(by, { ...facts, ...more })).toMatchObject({ ok: false, error: { code } });
  });
});

const refused = (reason: (typeof freeSpinsRefusals)[number]): FreeSpinsReport => ({
  kind: "REFUSED",
  reason,
  code: "1",
  message: "No.",
});

describe("a provider's word", () => {
  test("no answer, a conflict and one that is not synced leave an issue unknown; every other refusal fails it", () => {
    expect(decideIssued({ kind: "UNANSWERED", why: "away" }, true)).toMatchObject({ event: "lose" });
    for (const reason of freeSpinsRefusals) {
      const passes = reason === "STATE_CONFLICT" || reason === "NOT_SYNCED";
      expect(decideIssued(refused(reason), true).event, reason).toBe(passes ? "lose" : "refuse");
    }
  });
  test("a conflict means that it is there, where the provider can't be asked", () => {
    expect(decideIssued(refused("STATE_CONFLICT"), false)).toEqual({ event: "confirm" });
  });
  test("what it does not know is sent again; what was played waits for its own call", () => {
    expect(decideAsked({ kind: "NOT_FOUND" })).toBeUndefined();
    expect(decideAsked(refused("ISSUE_INVALID"))).toBeUndefined();
    expect(decideAsked({ kind: "STANDS", status: "played" })).toEqual({ event: "start" });
    expect(decideAsked({ kind: "UNANSWERED", why: "away" })).toMatchObject({ event: "lose" });
  });
  test("a cancellation holds only where it says so, or has nothing to cancel", () => {
    expect(decideCancelled({ kind: "DONE" }, true)).toEqual({ event: "cancel" });
    expect(decideCancelled(refused("ISSUE_INVALID"), true)).toEqual({ event: "cancel" });
    expect(decideCancelled(refused("EXPIRED"), true)).toEqual({ event: "expire" });
    expect(decideCancelled(refused("NOT_SYNCED"), true)).toEqual({ event: null, askFirst: false });
    expect(decideCancelled(refused("STATE_CONFLICT"), true)).toEqual({ event: null, askFirst: true });
    expect(decideCancelled(refused("STATE_CONFLICT"), false)).toMatchObject({ event: "keep" });
    expect(decideCancelled(refused("NOT_CANCELLABLE"), true)).toMatchObject({
      event: "keep",
      reason: "NOT_CANCELLABLE",
    });
    expect(decideCancelled({ kind: "UNANSWERED", why: "away" }, true)).toEqual({ event: null, askFirst: false });
    expect(decideRecalled({ kind: "STANDS", status: "issued" })).toBeNull();
    expect(decideRecalled({ kind: "STANDS", status: "canceled" })).toBe("cancel");
  });
});

const statuses = ["active", "played", "expired", "canceled"] as const;

describe("the end", () => {
  test("whatever a provider says, in whatever order and however often, one total is paid and it is the first final one", () => {
    const word = fc.record({ status: fc.constantFrom(...statuses), total: fc.bigInt({ min: 0n, max: 3n }) });
    const begin = fc.constantFrom(...freeSpinsStates.filter((state) => state !== "REQUESTED" && state !== "PLAYED"));
    fc.assert(
      fc.property(begin, fc.array(word, { maxLength: 12 }), (state, words) => {
        let now: EndFacts = { state, won: null };
        const paid = new Set<bigint>();
        for (const { status, total } of words) {
          const told = decideTold(now, status, total);
          if (!told.ok) {
            expect(now.won).not.toBe(total);
            continue;
          }
          const { event, pays } = told.value;
          if (pays > 0n) paid.add(pays);
          if (event === null) continue;
          const moves: Readonly<Record<string, FreeSpinsState>> = freeSpinsMachine[now.state];
          const next = moves[event];
          if (next === undefined) throw new Error(`${now.state} takes no ${event}`);
          now = { state: next, won: status === "active" ? now.won : total };
        }
        const final = words.find(({ status }) => status !== "active")?.total;
        expect(now.won).toBe(final ?? null);
        expect([...paid]).toEqual(final === undefined || final === 0n ? [] : [final]);
        if (final !== undefined) expect(areFreeSpinsOver(now.state)).toBe(true);
      }),
    );
  });
  test("only what is with the provider and not over can be called back", () => {
    expect(freeSpinsStates.filter(mayRecall)).toEqual(["ISSUED", "ACTIVE"]);
  });
});
