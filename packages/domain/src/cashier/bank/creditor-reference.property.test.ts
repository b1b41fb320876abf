import fc from "fast-check";
import { expect, test } from "vitest";
import {
  findCreditorReference,
  makeCreditorReference,
  readCreditorReference,
  spellCreditorReference,
} from "./creditor-reference.ts";
import { makeIban, maskIban, readIban, spellIban } from "./iban.ts";

const letters = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const body = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 21 });

test("the standard's own example has the check digits of the standard", () => {
  expect(makeCreditorReference("539007547034")).toBe("RF18539007547034");
  expect(readCreditorReference("rf18 5390 0754 7034")).toBe("RF18539007547034");
});

test("what is made is read again, however it is spaced", () => {
  fc.assert(
    fc.property(body, (text) => {
      const made = makeCreditorReference(text);
      expect(readCreditorReference(spellCreditorReference(made).toLowerCase())).toBe(made);
    }),
  );
});

// A letter counts as two digits, so that what is taken for a digit may hide; apps ask for one or the other.
test("one wrong digit, or one wrong letter, is always found", () => {
  fc.assert(
    fc.property(body, fc.nat(), fc.constantFrom(...letters), (text, at, sign) => {
      const made = makeCreditorReference(text);
      const place = 4 + (at % text.length);
      const isDigit = (one: string | undefined): boolean => /^[0-9]$/.test(one ?? "");
      fc.pre(made[place] !== sign && isDigit(made[place]) === isDigit(sign));
      const wrong = made.slice(0, place) + sign + made.slice(place + 1);
      expect(readCreditorReference(wrong)).toBeUndefined();
    }),
  );
});

test("a reference is found among words", () => {
  const made = makeCreditorReference("P0000000000A1");
  expect(findCreditorReference(`Casino deposit ${spellCreditorReference(made)} thanks`, made.length)).toBe(made);
  expect(findCreditorReference(`${made}ADA`, made.length)).toBe(made);
  expect(findCreditorReference("RF00 1234 no reference", made.length)).toBeUndefined();
});

test("account numbers are believed by their check digits and their country's form", () => {
  expect(readIban("gb29 nwbk 6016 1331 9268 19")).toEqual({ ok: true, value: "GB29NWBK60161331926819" });
  expect(readIban("MT84MALT011000012345MTLCAST001S").ok).toBe(true);
  for (const wrong of ["GB29NWBK60161331926818", "DE89370400440532013", "XX82WEST12345698765432", ""]) {
    expect(readIban(wrong)).toMatchObject({ ok: false, error: { code: "IBAN_INVALID" } });
  }
  expect(makeIban("DE", "370400440532013000")).toBe("DE89370400440532013000");
  expect(spellIban("DE89370400440532013000")).toBe("DE89 3704 0044 0532 0130 00");
  expect(maskIban("DE89370400440532013000")).toBe("DE89 … 3000");
});
