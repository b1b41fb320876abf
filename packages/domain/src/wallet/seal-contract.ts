/** The public contract of seals and receipts, as it goes over the wire. docs/verify says how they are checked. */
import { z } from "zod";
import { sealSchema } from "./seal.ts";

const sealExample = {
  number: "42",
  fromPosition: "1001",
  toPosition: "1100",
  leafCount: 3127,
  root: "5b0e".repeat(16),
  previous: "c4d2".repeat(16),
  sealedAt: "2026-03-02T12:00:05.000Z",
  kid: "seal-2026-03",
  signature: `${"Qx7".repeat(28)}Qx==`,
};

export const sealsAnswer = z
  .object({ seals: z.array(sealSchema) })
  .meta({ id: "Seals", examples: [{ seals: [sealExample] }] });

export const sealKeysAnswer = z.object({ keys: z.array(z.record(z.string(), z.string())) }).meta({
  id: "SealKeys",
  description: "A JSON Web Key Set (RFC 7517) of Ed25519 keys (RFC 8037).",
  examples: [
    { keys: [{ kty: "OKP", crv: "Ed25519", kid: "seal-2026-03", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }] },
  ],
});

/** As `seal-receipt.ts` makes it. */
export const receiptAnswer = z
  .object({
    format: z.literal("pitboss-receipt-v1"),
    transaction: z
      .record(z.string(), z.unknown())
      .meta({ description: "The bet's HOLD with every one of its fields." }),
    leafIndex: z.int().meta({ description: "Its place among the seal's leaves, from 0." }),
    path: z.array(z.string()).meta({ description: "Hashes from the leaf's sibling up to a child of the root." }),
    seal: sealSchema,
  })
  .meta({
    id: "Receipt",
    examples: [
      {
        format: "pitboss-receipt-v1",
        transaction: {
          id: "tx_1q4c9g8v0400",
          type: "HOLD",
          requestId: "9a7f1c1e-52a4-4a3e-9a51-0a4c5f0b7d11",
          playerId: "p_123",
          references: { bet: "bet_1q4c9g8v0400" },
          traceId: "tr_4bf92f3577b34da6a3ce929d0e0e4736",
          occurredAt: "2025-10-17T19:20:01.004Z",
          actor: null,
          details: null,
          postings: [
            { account: "w_7k:available", currency: "EUR", amount: "-10.00", balanceAfter: "245.30" },
            { account: "w_7k:held", currency: "EUR", amount: "10.00", balanceAfter: "10.00" },
          ],
        },
        leafIndex: 17,
        path: ["0d4f".repeat(16), "77a1".repeat(16)],
        seal: sealExample,
      },
    ],
  });
