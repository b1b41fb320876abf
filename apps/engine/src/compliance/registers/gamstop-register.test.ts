import { expect, test } from "vitest";
import { postcodeOf } from "./gamstop-register.ts";

test.each([
  ["1 Mill Lane, Leeds LS1 4AP", "LS14AP"],
  ["Flat 2, 10 Long Rd, London sw1a1aa", "SW1A1AA"],
  ["1 Harbour Street, Valletta", ""],
])("the postcode of %s is %s", (address, postcode) => {
  expect(postcodeOf(address)).toBe(postcode);
});
