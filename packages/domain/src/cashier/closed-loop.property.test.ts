import fc from "fast-check";
import { expect, test } from "vitest";
import { decideLoop, type PaymentSource, roomOf } from "./closed-loop.ts";

const money = fc.bigInt({ min: 0n, max: 100_000n });
const sourcesArbitrary = fc
  .array(fc.record({ deposited: money, paidOut: money, usable: fc.boolean() }), { maxLength: 5 })
  .map((rows) =>
    rows.map((row, index): PaymentSource => ({ ...row, fingerprint: `f${index}`, instrumentId: BigInt(index + 1) })),
  );

test("never more goes back than came, all of the amount is told apart, and winnings leave only when every source is empty", () => {
  fc.assert(
    fc.property(sourcesArbitrary, fc.bigInt({ min: 1n, max: 200_000n }), fc.nat(5), (sources, amount, index) => {
      const fingerprint = `f${index}`;
      const own = sources.find((source) => source.fingerprint === fingerprint);
      const room = own === undefined ? 0n : roomOf(own);
      const others = sources.filter((source) => source !== own && source.usable && roomOf(source) > 0n);
      const decided = decideLoop({ amount, fingerprint, sources });
      if (decided.allowed) {
        expect(decided.returned + decided.winnings).toBe(amount);
        expect(decided.returned <= room).toBe(true);
        if (decided.winnings > 0n) expect(others).toEqual([]);
      } else {
        expect(amount > room).toBe(true);
        expect(others).toContain(decided.first);
        expect(others.every((source) => roomOf(source) <= decided.firstRoom)).toBe(true);
      }
    }),
  );
});

test("following what a refusal says, a player gets all of their money out", () => {
  fc.assert(
    fc.property(sourcesArbitrary, money, (start, won) => {
      const sources = start.map((source) => ({ ...source, usable: true, paidOut: 0n }));
      const total = sources.reduce((sum, { deposited }) => sum + deposited, 0n) + won;
      let left = total;
      let target = "f0";
      for (let tries = 0; left > 0n && tries < 20; tries += 1) {
        const decided = decideLoop({ amount: left, fingerprint: target, sources });
        const own = sources.find(({ fingerprint }) => fingerprint === target);
        if (decided.allowed) {
          left = 0n;
        } else if (decided.room > 0n && own !== undefined) {
          own.paidOut += decided.room;
          left -= decided.room;
        } else target = decided.first.fingerprint;
      }
      expect(left).toBe(0n);
    }),
  );
});
