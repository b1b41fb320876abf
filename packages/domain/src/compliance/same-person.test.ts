import { expect, test } from "vitest";
import { isSamePerson, type PersonFacts } from "./same-person.ts";

const ann: PersonFacts = {
  firstName: "Ann",
  lastName: "O'Brien",
  birthDate: "1990-04-05",
  phone: "+356 2122 0000",
  address: "1, Old Bakery Street, Valletta",
};
const elsewhere = { phone: "+35699999999", address: "7 New Road, Sliema" };

test.each<[string, Partial<PersonFacts>, boolean, boolean]>([
  ["the same name and birth date", elsewhere, false, true],
  ["the name in another order and spelling", { ...elsewhere, firstName: "OBRIEN", lastName: "ann" }, false, true],
  ["another birth date, whatever else is shared", { birthDate: "1991-04-05" }, true, false],
  ["no birth date", { birthDate: undefined }, true, false],
  ["another surname and nothing shared", { ...elsewhere, lastName: "Camilleri" }, false, false],
  ["another surname, the same phone", { ...elsewhere, lastName: "Camilleri", phone: "0035621220000" }, false, true],
  [
    "another surname, the same address",
    { ...elsewhere, lastName: "Camilleri", address: "1 Old Bakery Street Valletta" },
    false,
    true,
  ],
  ["another surname, the same card or device", { ...elsewhere, lastName: "Camilleri" }, true, true],
  ["a twin with the same phone, address and device", { firstName: "Mary" }, true, false],
  ["an account without a phone and an address", { lastName: "Camilleri", phone: "", address: "" }, false, false],
])("%s", (_what, change, linked, same) => {
  const other = { ...ann, ...change };
  expect(isSamePerson(ann, other, linked)).toBe(same);
  expect(isSamePerson(other, ann, linked)).toBe(same);
});

test("two accounts that tell nothing are not one person's", () => {
  expect(isSamePerson({}, {}, true)).toBe(false);
  expect(isSamePerson({ birthDate: "1990-04-05" }, { birthDate: "1990-04-05" }, true)).toBe(false);
});
