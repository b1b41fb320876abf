/** The port to a vendor that verifies people: it takes their documents, looks at them, and says what it thinks of them. */
import type { VerifiedLevel } from "@pitboss/domain/compliance/kyc/case-machine";
import type { VendorAnswer } from "@pitboss/domain/compliance/kyc/vendor-review";
import type { Result } from "@pitboss/domain/kernel/result";

export interface VendorVerdict {
  readonly at: Date;
  readonly answer: VendorAnswer;
  readonly rejectType: "RETRY" | "FINAL" | null;
  readonly labels: readonly string[];
  readonly houseComment: string | null;
  readonly playerComment: string | null;
}

export interface VendorImage {
  readonly image: string;
  /** The vendor's own name of the kind of document. */
  readonly documentType: string;
  /** The last day on which the document is valid. */
  readonly validUntil: string | null;
  /** ISO 3166-1 alpha-2 of the country that issued it. */
  readonly issuedIn: string | null;
}

export interface VendorApplicant {
  /** Where its images are. */
  readonly inspection: string;
  readonly images: readonly VendorImage[];
  /** The last final one, where there is any. */
  readonly verdict: VendorVerdict | null;
}

export type ReadWebhook =
  | { readonly kind: "forged"; readonly why: string }
  | { readonly kind: "unreadable"; readonly why: string }
  | {
      readonly kind: "event";
      /** The same for each delivery of one event. */
      readonly key: string;
      readonly type: string;
    };

export interface VendorNews {
  readonly applicant: string;
  readonly type: string;
  readonly verdict: VendorVerdict | null;
}

/** Failures are KYC_VENDOR_UNAVAILABLE, which is tried again, or KYC_VENDOR_REFUSED, which is not. */
export interface KycVendor {
  readonly name: string;
  readonly keptHeaders: readonly string[];
  levelName(level: VerifiedLevel): string;
  /** The same applicant again where there is one for this id of ours. */
  openApplicant(externalId: string, levelName: string): Promise<Result<string>>;
  /** A page at the vendor's, for the player alone, for a while. */
  openPage(externalId: string, levelName: string, seconds: number): Promise<Result<string>>;
  readApplicant(applicant: string): Promise<Result<VendorApplicant>>;
  readImage(inspection: string, image: string): Promise<Result<Buffer>>;
  readWebhook(body: Buffer, headers: Readonly<Record<string, string>>): ReadWebhook;
  /** What a webhook that was stored means; undefined where it can't be understood. */
  readNews(body: Buffer): VendorNews | undefined;
}
