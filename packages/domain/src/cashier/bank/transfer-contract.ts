/** The public contract of money by bank transfer, as it goes over the wire. */
import { z } from "zod";
import { plainText } from "../../kernel/plain-text.ts";

const playerId = z.string().max(20).meta({ example: "p_1" });

export const transferBody = z
  .strictObject({ playerId })
  .meta({ id: "AskBankReference", examples: [{ playerId: "p_1" }] });

const account = {
  bank: z.string().meta({ example: "bank" }),
  holder: z.string().meta({ example: "Pitboss Demo Casino" }),
  iban: z.string().meta({ example: "MT84MALT011000012345MTLCAST001S" }),
  bic: z.string().meta({ example: "MALTMTMT" }),
  currency: z.string().meta({ example: "EUR" }),
  min: z.string().meta({ example: "5.00" }),
  max: z.string().meta({ example: "100000.00" }),
};

export const transferAnswer = z
  .object({
    ...account,
    reference: z.string().meta({
      description: "What the player writes where the transfer asks for a reference: ISO 11649, the same for ever.",
      example: "RF18539007547034",
    }),
    spelled: z.string().meta({ description: "The same in groups, as it is shown.", example: "RF18 5390 0754 7034" }),
  })
  .meta({
    id: "BankReference",
    examples: [
      {
        bank: "bank",
        holder: "Pitboss Demo Casino",
        iban: "MT84MALT011000012345MTLCAST001S",
        bic: "MALTMTMT",
        currency: "EUR",
        min: "5.00",
        max: "100000.00",
        reference: "RF18539007547034",
        spelled: "RF18 5390 0754 7034",
      },
    ],
  });

export const bankAccountBody = z
  .strictObject({
    playerId,
    iban: plainText(5, 60).meta({ description: "With or without spaces.", example: "DE89 3704 0044 0532 0130 00" }),
    holder: plainText(2, 70).meta({ description: "The name of the account.", example: "Ada Byron" }),
  })
  .meta({
    id: "BringBankAccount",
    examples: [{ playerId: "p_1", iban: "DE89370400440532013000", holder: "Ada Byron" }],
  });
