import { expect, test } from "vitest";
import { describeTravel, missingForTravel, type TravelFacts } from "./travel-rule.ts";

const facts: TravelFacts = {
  hosting: "SELF_HOSTED",
  provider: null,
  proof: null,
  valueEur: "1000.00",
  complete: true,
  refused: null,
};

test.each([
  ["0.01", null, true],
  ["1000.00", null, true],
  ["1000.01", null, false],
  ["1000.001", null, false],
  ["5000.00", "DEPOSIT_FROM_IT", true],
  ["5000.00", "STAFF", true],
  // Without a rate nobody knows that it is little.
  [null, null, false],
  [null, "STAFF", true],
] as const)("a wallet of one's own, worth %s, with the proof %s", (valueEur, proof, may) => {
  expect(missingForTravel({ ...facts, valueEur, proof }) === undefined).toBe(may);
});

test("somebody else's wallet needs no proof, but a name of who keeps it", () => {
  expect(missingForTravel({ ...facts, hosting: "HOSTED", valueEur: "9000.00" })).toContain("Who keeps");
  expect(missingForTravel({ ...facts, hosting: "HOSTED", provider: "Kraken", valueEur: "9000.00" })).toBeUndefined();
});

test("from the first cent on the sender has to be known", () => {
  expect(missingForTravel({ ...facts, valueEur: "0.01", complete: false })).toContain("sender");
});

test("what the receiver's provider does not take is not sent", () => {
  expect(missingForTravel({ ...facts, refused: "no such customer" })).toContain("no such customer");
});

test("the data has the form of IVMS101", () => {
  const told = describeTravel({
    operator: "Example Casino Ltd",
    player: {
      playerId: "p_1",
      firstName: "Ada",
      lastName: "Lovelace",
      birthDate: "1985-12-10",
      address: "12 St James's Square, London",
      country: "GB",
    },
    address: "bc1qexample",
    provider: "Kraken",
  });
  expect(told).toMatchObject({
    originator: {
      originatorPersons: [
        {
          naturalPerson: {
            name: { nameIdentifier: [{ primaryIdentifier: "Lovelace", nameIdentifierType: "LEGL" }] },
            dateAndPlaceOfBirth: { dateOfBirth: "1985-12-10" },
          },
        },
      ],
      accountNumber: ["p_1"],
    },
    beneficiary: { accountNumber: ["bc1qexample"] },
    beneficiaryVASP: { beneficiaryVASP: { legalPerson: {} } },
  });
});
