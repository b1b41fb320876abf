import fc from "fast-check";
import { expect, test } from "vitest";
import { type AffiliatePlan, affiliatePlan, cpaRule, qualifiedOn, shareOf, type ShareRule, takeRate } from "./plan.ts";
import { decideAttribution, type Touch } from "./attribution.ts";
import { buildStatement, dueOf, type MonthFigures, nextMonth, previousMonth } from "./statement.ts";

const minor = fc.bigInt({ min: -10_000_000n, max: 10_000_000n });
const cents = (minorUnits: number): string =>
  `${Math.trunc(minorUnits / 100)}.${String(minorUnits % 100).padStart(2, "0")}`;
const rising = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 2_000_000 }), { minLength: 0, maxLength: 5 }),
    fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 6, maxLength: 6 }),
  )
  .map(([starts, rates]) => {
    const sorted = [...rates].sort((a, b) => a - b);
    return [0, ...starts.sort((a, b) => a - b)].map((from, index) => ({
      from: cents(from),
      rate: `0.${String(sorted[index] ?? 0).padStart(2, "0")}`,
    }));
  });
const rule = (tiers: ShareRule["tiers"], mode: ShareRule["mode"], carryOver: boolean): ShareRule => ({
  tiers,
  mode,
  carryOver,
  basis: "total",
  deductions: ["bonus"],
  adminRate: "0",
});

/** Many months in a row, each with what the one before left. */
function months(of: ShareRule, nets: readonly bigint[]) {
  let carried = 0n;
  return nets.map((net) => {
    const share = shareOf(of, "EUR", net, carried);
    carried = share.carriedOut;
    return share;
  });
}

test("a share is never below zero, and of a loss it is nothing", () => {
  fc.assert(
    fc.property(
      rising,
      fc.constantFrom("WHOLE", "SLICE"),
      fc.boolean(),
      fc.array(minor),
      (tiers, mode, carry, nets) => {
        for (const share of months(rule(tiers, mode, carry), nets)) {
          expect(share.commission >= 0n).toBe(true);
          if (share.base <= 0n) expect(share.commission).toBe(0n);
          expect(share.carriedOut <= 0n).toBe(true);
        }
      },
    ),
  );
});

test("with carry-over a loss is made up for before anything is shared, and no unit of it is lost", () => {
  fc.assert(
    fc.property(fc.array(minor, { minLength: 1 }), (nets) => {
      const shares = months(rule([{ from: "0", rate: "1" }], "WHOLE", true), nets);
      // At a rate of one everything above zero is paid, so what was paid and what is still carried is all there was.
      const paid = shares.reduce((sum, { commission }) => sum + commission, 0n);
      expect(paid + (shares.at(-1)?.carriedOut ?? 0n)).toBe(nets.reduce((sum, net) => sum + net, 0n));
    }),
  );
});

test("without carry-over each month stands by itself", () => {
  fc.assert(
    fc.property(rising, fc.constantFrom("WHOLE", "SLICE"), fc.array(minor), (tiers, mode, nets) => {
      const of = rule(tiers, mode, false);
      expect(months(of, nets)).toEqual(nets.map((net) => shareOf(of, "EUR", net, 0n)));
      for (const { carriedOut } of months(of, nets)) expect(carriedOut).toBe(0n);
    }),
  );
});

test("tiers: slices cover the whole base once, more revenue never earns less, and no tier pays above the highest rate", () => {
  fc.assert(
    fc.property(rising, minor, minor, (tiers, one, other) => {
      const sliced = (net: bigint) => shareOf(rule(tiers, "SLICE", false), "EUR", net, 0n);
      const share = sliced(one);
      if (one > 0n) expect(share.lines.reduce((sum, { of }) => sum + of, 0n)).toBe(one);
      const [less, more] = one < other ? [one, other] : [other, one];
      expect(sliced(less).commission <= sliced(more).commission).toBe(true);
      expect(share.commission <= takeRate(one, tiers.at(-1)?.rate ?? "0")).toBe(true);
      const whole = shareOf(rule(tiers, "WHOLE", false), "EUR", one, 0n);
      // Rates rise with the tiers here, so the whole at the reached rate is never less than slice by slice.
      expect(whole.commission >= share.commission).toBe(true);
    }),
  );
});

const dayOf = (index: number): string => new Date(Date.UTC(2026, 0, 1) + index * 86_400_000).toISOString().slice(0, 10);

test("a player qualifies on one day at most, however the days are cut into months and ordered", () => {
  const stakes = fc.array(
    fc.record({ day: fc.integer({ min: 0, max: 89 }), amount: fc.bigInt({ min: 0n, max: 5_000n }) }),
    {
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(
      stakes,
      fc.integer({ min: 0, max: 40 }),
      fc.bigInt({ min: 0n, max: 5_000n }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 20_000 }),
      (list, firstDay, deposit, withinDays, least) => {
        const of = cpaRule.parse({ amount: "50", minDeposit: "20", minTurnover: cents(least), withinDays });
        const turnover = list.map(({ day, amount }) => ({ day: dayOf(day), amount }));
        const first = { day: dayOf(firstDay), amount: deposit };
        const day = qualifiedOn(of, "EUR", first, turnover);
        // Shown in reverse, and with all that came later as well, it is the same day: it can be paid in one month only.
        expect(qualifiedOn(of, "EUR", first, turnover.toReversed())).toBe(day);
        if (day === undefined) return;
        expect(deposit >= 2_000n).toBe(true);
        const until = turnover.filter((one) => one.day <= day);
        expect(qualifiedOn(of, "EUR", first, until)).toBe(day);
        if (least > 0)
          expect(
            qualifiedOn(
              of,
              "EUR",
              first,
              until.filter((one) => one.day < day),
            ),
          ).toBeUndefined();
        const paid = [0, 1, 2].filter((month) => day.slice(0, 7) === `2026-0${month + 1}`);
        expect(paid).toHaveLength(1);
      },
    ),
  );
});

const plan: AffiliatePlan = affiliatePlan.parse({
  monthlyFee: "100",
  cpa: { amount: "50", minDeposit: "20", minTurnover: "0", withinDays: 30 },
  share: rule(
    [
      { from: "0", rate: "0.25" },
      { from: "1000", rate: "0.35" },
    ],
    "WHOLE",
    true,
  ),
});

function figuresWith(netBeforeFees: bigint, qualified: number): MonthFigures {
  const none = {
    deposits: 0n,
    turnover: 0n,
    bonusCost: 0n,
    jackpots: 0n,
    chargebacks: 0n,
    paymentFees: 0n,
    providerFees: 0n,
    tax: 0n,
  };
  return {
    players: 5,
    newPlayers: 1,
    activePlayers: 3,
    firstDeposits: qualified,
    ...none,
    ggr: netBeforeFees,
    netBeforeFees,
    qualified: Array.from({ length: qualified }, (_one, index) => ({
      playerId: `p_${index + 1}`,
      firstDeposit: "2026-03-02",
      day: "2026-03-02",
      amount: 5_000n,
    })),
  };
}

test("restated: whatever versions there were and whichever of them were approved, all dues add up to the last total", () => {
  const version = fc.record({ net: minor, qualified: fc.integer({ min: 0, max: 4 }), approved: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(version, { minLength: 1, maxLength: 8 }),
      fc.bigInt({ min: -500_000n, max: 0n }),
      (versions, carriedIn) => {
        const approved: bigint[] = [];
        let total = 0n;
        for (const [index, { net, qualified, approved: yes }] of versions.entries()) {
          const made = buildStatement({
            affiliateId: "aff_1",
            month: "2026-03",
            currency: "EUR",
            plan,
            planVersion: 1,
            figures: figuresWith(net, qualified),
            carriedIn,
          });
          total = made.total;
          if (yes || index === versions.length - 1) approved.push(dueOf(total, approved));
        }
        expect(approved.reduce((sum, due) => sum + due, 0n)).toBe(total);
      },
    ),
  );
});

test("the same figures make the same statement, to the letter", () => {
  fc.assert(
    fc.property(minor, fc.integer({ min: 0, max: 5 }), (net, qualified) => {
      const input = { affiliateId: "aff_1", month: "2026-03", currency: "EUR", plan, planVersion: 2 } as const;
      const make = () => buildStatement({ ...input, figures: figuresWith(net, qualified), carriedIn: -10n });
      expect(JSON.stringify(make().body)).toBe(JSON.stringify(make().body));
    }),
  );
});

test("a touch decides within its window alone: the first or the last, in whichever order they are shown", () => {
  const touch = fc.record({
    affiliateId: fc.bigInt({ min: 1n, max: 4n }),
    code: fc.constant("code"),
    clickId: fc.option(fc.bigInt({ min: 1n, max: 99n })),
    atMs: fc.integer({ min: 0, max: 100 }).map((days) => days * 86_400_000),
  });
  const touchesOf = fc.uniqueArray(touch, { selector: (one: Touch) => `${one.atMs}:${one.clickId ?? "by hand"}` });
  fc.assert(
    fc.property(touchesOf, fc.integer({ min: 1, max: 60 }), (touches, windowDays) => {
      const now = 80 * 86_400_000;
      const inside = touches.filter(({ atMs }) => atMs <= now && now - atMs <= windowDays * 86_400_000);
      for (const model of ["FIRST", "LAST"] as const) {
        const decided = decideAttribution({ model, windowDays }, touches, now);
        expect(decideAttribution({ model, windowDays }, touches.toReversed(), now)).toEqual(decided);
        const times = inside.map(({ atMs }) => atMs);
        expect(decided?.atMs).toBe(
          times.length === 0 ? undefined : model === "FIRST" ? Math.min(...times) : Math.max(...times),
        );
      }
    }),
  );
});

test("months follow each other over the year's end", () => {
  expect(nextMonth("2026-12")).toBe("2027-01");
  expect(previousMonth("2027-01")).toBe("2026-12");
  for (let month = "2026-01"; month < "2028-01"; month = nextMonth(month))
    expect(previousMonth(nextMonth(month))).toBe(month);
});

test("a plan that pays nothing, or whose tiers do not rise from nothing, is none", () => {
  expect(affiliatePlan.safeParse({ monthlyFee: null, cpa: null, share: null }).success).toBe(false);
  const tiers = [{ from: "10", rate: "0.2" }];
  expect(affiliatePlan.safeParse({ ...plan, share: { ...plan.share, tiers } }).success).toBe(false);
  const falling = [
    { from: "0", rate: "0.2" },
    { from: "100", rate: "0.3" },
    { from: "50", rate: "0.4" },
  ];
  expect(affiliatePlan.safeParse({ ...plan, share: { ...plan.share, tiers: falling } }).success).toBe(false);
});
