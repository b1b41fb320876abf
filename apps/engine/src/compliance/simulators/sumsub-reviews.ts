/** How the simulated vendor looks at applicants: after a while, and sometimes once more. */
import { formatVendorTime } from "@pitboss/domain/compliance/kyc/vendor-review";
import { type Journal, randomId } from "../../cashier/simulators/journal.ts";
import type { VendorWebhooks } from "./sumsub-webhooks.ts";

export interface VendorImageRecord {
  readonly id: string;
  readonly idDocType: string;
  readonly addedDate: string;
  readonly validUntil?: string | undefined;
  /** ISO 3166-1 alpha-3 of who issued it. */
  readonly country?: string | undefined;
  /** Base64. */
  readonly content: string;
}

export interface ReviewResult {
  readonly reviewAnswer: "GREEN" | "RED";
  readonly reviewRejectType?: "RETRY" | "FINAL";
  readonly rejectLabels?: readonly string[];
  readonly clientComment?: string;
  readonly moderationComment?: string;
}

export interface Applicant {
  readonly id: string;
  readonly inspectionId: string;
  readonly externalUserId: string;
  readonly levelName: string;
  readonly createdAt: string;
  readonly images: readonly VendorImageRecord[];
  readonly review: {
    readonly status: "init" | "pending" | "completed";
    readonly at: string | null;
    readonly result: ReviewResult | null;
  };
  readonly link?: string;
  readonly linkUntil?: number;
}

/** What whoever stands in for the player wants the vendor to think. */
export const outcomes = {
  valid: [{ reviewAnswer: "GREEN" }],
  blurred: [
    {
      reviewAnswer: "RED",
      reviewRejectType: "RETRY",
      rejectLabels: ["LOW_QUALITY", "UNSATISFACTORY_PHOTOS"],
      clientComment: "The image is too blurred to be read.",
      moderationComment: "Please send a photo that is whole and in focus.",
    },
  ],
  forged: [
    {
      reviewAnswer: "RED",
      reviewRejectType: "FINAL",
      rejectLabels: ["FORGERY", "GRAPHIC_EDITOR"],
      clientComment: "The image was made with a graphics editor.",
    },
  ],
  "forged-later": [
    { reviewAnswer: "GREEN" },
    {
      reviewAnswer: "RED",
      reviewRejectType: "FINAL",
      rejectLabels: ["FORGERY", "FRAUDULENT_PATTERNS"],
      clientComment: "The same document was used by another person.",
    },
  ],
} as const satisfies Record<string, readonly ReviewResult[]>;
export type Outcome = keyof typeof outcomes;

/** How long a review takes in the world, ms: two minutes; a second look comes half an hour later. */
const reviewMs = 120_000;
const secondLookMs = 1_800_000;

export interface Reviews {
  create(externalUserId: string, levelName: string): Applicant;
  addImage(applicant: Applicant, image: Omit<VendorImageRecord, "id" | "addedDate">): void;
  submit(applicant: Applicant, outcome: Outcome): void;
  /** A verdict now, whatever was before. */
  conclude(applicant: Applicant, result: ReviewResult, at?: number): void;
  stop(): void;
}

export function createReviews(applicants: Journal<Applicant>, webhooks: VendorWebhooks, speed: number): Reviews {
  const timers = new Set<NodeJS.Timeout>();

  function tell(applicant: Applicant, type: string, more: object, at: number): void {
    const { id: applicantId, inspectionId, externalUserId, levelName } = applicant;
    const base = { applicantId, inspectionId, applicantType: "individual", correlationId: randomId(8) };
    const createdAtMs = formatVendorTime(at);
    const createdAt = `${createdAtMs.slice(0, 19)}+0000`;
    webhooks.send({ ...base, externalUserId, levelName, type, sandboxMode: true, ...more, createdAt, createdAtMs });
  }

  function later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms / speed);
    timers.add(timer);
  }

  function conclude(applicant: Applicant, result: ReviewResult, at = Date.now()): void {
    applicants.change(applicant, { review: { status: "completed", at: formatVendorTime(at), result } });
    tell(applicant, "applicantReviewed", { reviewStatus: "completed", reviewResult: result }, at);
  }

  return {
    create(externalUserId, levelName) {
      const applicant: Applicant = {
        id: randomId(12),
        inspectionId: randomId(12),
        externalUserId,
        levelName,
        createdAt: formatVendorTime(Date.now()),
        images: [],
        review: { status: "init", at: null, result: null },
      };
      applicants.add(applicant);
      tell(applicant, "applicantCreated", { reviewStatus: "init" }, Date.now());
      return applicant;
    },
    addImage(applicant, image) {
      const added = { ...image, id: String(Date.now() % 1e9) + randomId(3), addedDate: formatVendorTime(Date.now()) };
      applicants.change(applicant, { images: [...applicant.images, added] });
    },
    submit(applicant, outcome) {
      const at = Date.now();
      applicants.change(applicant, { review: { status: "pending", at: formatVendorTime(at), result: null } });
      tell(applicant, "applicantPending", { reviewStatus: "pending" }, at);
      const results: readonly ReviewResult[] = outcomes[outcome];
      for (const [look, result] of results.entries()) {
        later(reviewMs + look * secondLookMs, () => conclude(applicant, result));
      }
    },
    conclude,
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
