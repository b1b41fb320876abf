/** A rule reads back as it was written, and nothing that its table would refuse gets past the reading. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  cashierRuleFamilies,
  type CashierRuleFamily,
  type CashierRuleField,
  fieldsOf,
  offeredSubjects,
  parseRuleSubject,
  parseRuleValues,
  writeRuleValues,
} from "./cashier-rule.ts";

const subjectOf: Readonly<Record<CashierRuleFamily, string>> = {
  DEPOSIT: "card JPY",
  PAYOUT: "BTC",
  TAKE_BACK: "GB",
  CHARGEBACK: "*",
  CRYPTO: "ETH",
};

function valueOf(field: CashierRuleField): fc.Arbitrary<bigint | boolean> {
  if (field.kind === "flag") return fc.boolean();
  return fc.bigInt({ min: field.least, max: field.kind === "count" ? field.most : 10n ** 15n });
}

const rule = fc.constantFrom(...cashierRuleFamilies).chain((family) =>
  fc.record({
    family: fc.constant(family),
    values: fc.record(
      Object.fromEntries(Object.entries(fieldsOf(family)).map(([name, field]) => [name, valueOf(field)])),
    ),
  }),
);

test("what is written is read back the same, unless two of its values can't be together", () => {
  fc.assert(
    fc.property(rule, ({ family, values }) => {
      const subject = parseRuleSubject(family, subjectOf[family]);
      if (!subject.ok) throw new Error(subject.error.detail);
      const read = parseRuleValues(family, subject.value, writeRuleValues(family, subject.value, values));
      const { minAmount = 0n, maxAmount = 0n, autoBelow = 0n, twoFrom = 0n } = values as Record<string, bigint>;
      const clash = maxAmount < minAmount || twoFrom < autoBelow;
      expect(read.ok).toBe(!clash);
      if (read.ok) expect(read.value).toEqual(values);
    }),
  );
});

test("a value beyond its bounds, of another form, missing or of no name is refused", () => {
  const values = { lockAt: "1", withinDays: "365" };
  const refused = [
    { ...values, lockAt: "0" },
    { ...values, withinDays: "3651" },
    { ...values, lockAt: "1.5" },
    { ...values, lockAt: "-1" },
    { ...values, more: "1" },
    { lockAt: "1" },
  ];
  expect(parseRuleValues("CHARGEBACK", {}, values).ok).toBe(true);
  for (const wrong of refused) {
    expect(parseRuleValues("CHARGEBACK", {}, wrong)).toMatchObject({ ok: false, error: { code: "REQUEST_INVALID" } });
  }
  expect(parseRuleValues("TAKE_BACK", {}, { mayCancel: "true" }).ok).toBe(false);
  expect(parseRuleValues("CRYPTO", {}, { confirmations: "3", hedgeFrom: "0.00" }).ok).toBe(false);
});

test("amounts have the decimals of the subject's currency", () => {
  const values = { minAmount: "10.5", maxAmount: "500", mostAnHour: "5", openMinutes: "60" };
  expect(parseRuleValues("DEPOSIT", { currency: "EUR" }, values)).toMatchObject({ value: { minAmount: 1050n } });
  expect(parseRuleValues("DEPOSIT", { currency: "JPY" }, values).ok).toBe(false);
});

test("each family knows its subjects", () => {
  for (const family of cashierRuleFamilies) {
    for (const subject of offeredSubjects(family)) expect(parseRuleSubject(family, subject).ok).toBe(true);
    expect(parseRuleSubject(family, "nothing at all").ok).toBe(false);
  }
  expect(parseRuleSubject("DEPOSIT", "card EUR")).toMatchObject({ value: { method: "CARD", currency: "EUR" } });
  expect(parseRuleSubject("DEPOSIT", "card EUR x").ok).toBe(false);
  expect(parseRuleSubject("TAKE_BACK", "**").ok).toBe(true);
  expect(parseRuleSubject("TAKE_BACK", "gb").ok).toBe(false);
});
