/**
 * What a verification vendor says of an applicant, and what follows from it for the case. The words are those of Sumsub's
 * webhooks (https://docs.sumsub.com/docs/user-verification-webhooks): an applicant may be reviewed more than once, each
 * review may be final, and they come in any order, so that the one that was made last counts.
 */
import { z } from "zod";
import type { CaseState, DocumentKind } from "./case-machine.ts";

/** Fields that are not named are tolerated; the raw body is kept. */
export const vendorWebhook = z.object({
  type: z.string().min(1).max(80),
  applicantId: z.string().min(1).max(120),
  inspectionId: z.string().min(1).max(120).nullish(),
  externalUserId: z.string().max(200).nullish(),
  reviewStatus: z.string().max(40).nullish(),
  reviewResult: z
    .object({
      reviewAnswer: z.enum(["GREEN", "RED"]),
      reviewRejectType: z.enum(["RETRY", "FINAL"]).nullish(),
      rejectLabels: z.array(z.string().max(80)).max(50).nullish(),
      moderationComment: z.string().max(2_000).nullish(),
      clientComment: z.string().max(2_000).nullish(),
    })
    .nullish(),
  createdAtMs: z.string().min(10).max(40),
});

export type VendorAnswer = "GREEN" | "RED";

/** The vendor's `2026-03-02 10:00:00.000`, which is UTC; undefined where it is no time. */
export function readVendorTime(text: string): Date | undefined {
  const at = new Date(
    `${text
      .trim()
      .replace(" ", "T")
      .replace(/Z$/, "")
      .replace(/\+0000$/, "")}Z`,
  );
  return Number.isNaN(at.getTime()) ? undefined : at;
}

export function formatVendorTime(ms: number): string {
  return new Date(ms).toISOString().replace("T", " ").replace("Z", "");
}

export interface Verdict {
  /** When the vendor made it, by the vendor's own clock, ms. */
  readonly at: number;
  readonly answer: VendorAnswer;
}

/** The verdict that counts: the last by the vendor's clock; of two at the same time the one that turns down. */
export function latestVerdict<V extends Verdict>(verdicts: readonly V[]): V | undefined {
  return verdicts.reduce<V | undefined>((last, one) => {
    if (last === undefined || one.at > last.at) return one;
    return one.at === last.at && one.answer === "RED" ? one : last;
  }, undefined);
}

/** What there is to do for a case once a verdict has come that was not known before. */
export type VerdictEffect = "reopen" | "note";

/**
 * A verdict is advice: a person decides the case. Only one that turns down what was approved acts by itself, for what was
 * approved on the word of a vendor does not stand against it.
 */
export function effectOf(state: CaseState, known: readonly Verdict[], come: Verdict): VerdictEffect {
  const counts = latestVerdict([...known, come]);
  return state === "APPROVED" && counts === come && come.answer === "RED" ? "reopen" : "note";
}

/** Documents by the vendor's names (`idDocType`); undefined for what the house does not file, such as selfies. */
const kinds: Readonly<Record<string, DocumentKind>> = {
  PASSPORT: "PASSPORT",
  ID_CARD: "ID_CARD",
  RESIDENCE_PERMIT: "ID_CARD",
  DRIVERS: "DRIVING_LICENCE",
  UTILITY_BILL: "PROOF_OF_ADDRESS",
  BANK_STATEMENT: "PROOF_OF_ADDRESS",
  INCOME_SOURCE: "SOURCE_OF_FUNDS",
};

export function kindOfVendorDocument(idDocType: string): DocumentKind | undefined {
  return kinds[idDocType];
}
