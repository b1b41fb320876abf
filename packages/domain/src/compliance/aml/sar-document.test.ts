import { expect, test } from "vitest";
import { hashSar, type SarInput, writeSar } from "./sar-document.ts";

const input: SarInput = {
  entity: "House & Sons",
  reference: "sar_1",
  caseReference: "amc_1",
  authority: "FIAU",
  draftedAt: "2026-11-27T12:00:00.000Z",
  reportingPerson: "Ines <Roth>",
  narrative: 'Said "it\'s mine" \u0000 & left.',
  action: "Reported.",
  indicators: ["STRUCTURING"],
  subject: {
    playerId: "p_1",
    firstName: "Zoë",
    lastName: "O'Hara",
    birthDate: "1990-01-01",
    address: "",
    country: "MT",
    email: "z@example.test",
    phone: "",
    accountOpened: "2026-01-01T00:00:00.000Z",
  },
  transactions: [
    {
      number: "evt_1",
      at: "2026-11-01T00:00:00.000Z",
      kind: "DEPOSIT",
      amount: "1990.00",
      currency: "EUR",
      method: "CARD",
      incoming: true,
    },
  ],
};

test("text is escaped, and what XML has no place for is left out", () => {
  const document = writeSar(input);
  expect(document).toContain("<rentity_id>House &amp; Sons</rentity_id>");
  expect(document).toContain("<reason>Said &quot;it&apos;s mine&quot;  &amp; left.</reason>");
  expect(document).toContain("<name>Ines &lt;Roth&gt;</name>");
  expect(document).toContain("<address/>");
  expect(document).not.toContain("\u0000");
});

test("each movement says which way it went", () => {
  const [deposit] = input.transactions;
  const both = writeSar({ ...input, transactions: [deposit!, { ...deposit!, number: "evt_2", incoming: false }] });
  expect(both.match(/<direction>(\w+)<\/direction>/g)).toEqual([
    "<direction>to_account</direction>",
    "<direction>from_account</direction>",
  ]);
});

test("the same draft is the same document, and any other is another", () => {
  expect(hashSar(writeSar(input))).toBe(hashSar(writeSar({ ...input })));
  expect(hashSar(writeSar({ ...input, narrative: `${input.narrative}.` }))).not.toBe(hashSar(writeSar(input)));
});
