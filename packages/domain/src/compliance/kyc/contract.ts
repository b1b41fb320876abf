/** The public contract of a player's own verification. */
import { z } from "zod";
import { personalFields } from "../../identity/personal-data.ts";
import { caseStates, type CaseState, documentKinds } from "./case-machine.ts";

const kind = z.enum(documentKinds);

export const documentBody = z
  .strictObject({
    kind: kind.meta({ description: "What it is said to be." }),
    issuedIn: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional()
      .meta({ description: "ISO 3166-1 alpha-2 of the country that issued it.", example: "MT" }),
    file: z
      .string()
      .regex(/^[A-Za-z0-9+/]+={0,2}$/)
      .min(8)
      .max(11_200_000)
      .meta({
        description: "JPEG, PNG or PDF in base64, 8 MiB at most. What it is is told by its content.",
        example: "/9j/4AAQ",
      }),
  })
  .meta({ id: "UploadDocument", examples: [{ kind: "PASSPORT", file: "/9j/4AAQ" }] });

const document = z.object({
  documentId: z.string().meta({ example: "doc_4" }),
  kind,
  uploadedAt: z.string().meta({ example: "2026-03-02T10:00:00.000Z" }),
});

const documentExample = { documentId: "doc_4", kind: "PASSPORT" as const, uploadedAt: "2026-03-02T10:00:00.000Z" };

export const documentAnswer = document.meta({ id: "KycDocument", examples: [documentExample] });

export const kycAnswer = z
  .object({
    level: z.int().min(0).max(3).meta({ description: "0 browses only; 1 address; 2 identity; 3 source of funds." }),
    nextLevel: z.int().min(1).max(3).nullable().meta({ description: "Null on the highest." }),
    case: z
      .object({
        status: z.enum(caseStates as [CaseState, ...CaseState[]]),
        reason: z.string().nullable().meta({ description: "Why it was not accepted, in words for the player." }),
        documents: z.array(document),
      })
      .nullable()
      .meta({ description: "Of the next level; null before anything was uploaded." }),
    missing: z
      .object({ fields: z.array(z.enum(personalFields)), documents: z.array(z.array(kind)) })
      .meta({ description: "What the next level still takes. One document of each group." }),
  })
  .meta({
    id: "KycStatus",
    examples: [
      {
        level: 1,
        nextLevel: 2,
        case: { status: "PENDING", reason: null, documents: [documentExample] },
        missing: { fields: [], documents: [] },
      },
    ],
  });

export const vendorPageAnswer = z
  .object({
    level: z.int().min(1).max(3).meta({ description: "What the page verifies for." }),
    url: z.string().meta({ description: "A page of the vendor's, for this player alone." }),
    expiresAt: z.string(),
  })
  .meta({
    id: "VerificationPage",
    examples: [{ level: 1, url: "https://verify.vendor.example/l/4f1c", expiresAt: "2026-03-02T10:30:00.000Z" }],
  });
