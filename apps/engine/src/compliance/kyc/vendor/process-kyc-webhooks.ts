/** Makes something of what the vendor sent, each event once, in any order; what only can't be done now is tried again. */
import {
  claimKycWebhooks,
  type DueKycWebhook,
  endKycWebhook,
  findApplicant,
  postponeKycWebhook,
} from "@pitboss/db/compliance/kyc-vendor-store";
import { errorRow } from "@pitboss/domain/kernel/errors";
import type { Failure } from "@pitboss/domain/kernel/result";
import type { VendorDeps } from "./pull-images.ts";
import { takeNews } from "./take-news.ts";

const atOnce = 20;
/** How long one engine has to do what it took, with all the images to fetch; then another may, ms. */
const leaseMs = 120_000;
const backoffMs = { first: 500, most: 600_000 };
/** About two hours of tries. */
const mostAttempts = 20;

/** True where there may be more to do at once. */
export async function processKycWebhooks(deps: VendorDeps): Promise<boolean> {
  const now = deps.clock.now();
  const due = await claimKycWebhooks(deps.db, new Date(now), new Date(now + leaseMs), atOnce);
  for (const webhook of due) await processOne(deps, webhook);
  return due.length === atOnce;
}

async function processOne(deps: VendorDeps, webhook: DueKycWebhook): Promise<void> {
  try {
    await understand(deps, webhook);
  } catch (error) {
    deps.log.warn({ err: error, webhook: webhook.id.toString() }, "a webhook of the vendor's could not be processed");
    await meetFailure(deps, webhook, { code: "INTERNAL" }, true);
  }
}

async function understand(deps: VendorDeps, webhook: DueKycWebhook): Promise<void> {
  const { db, kycVendor } = deps;
  if (kycVendor === undefined) return meetFailure(deps, webhook, { code: "KYC_VENDOR_ABSENT" }, true);
  const news = kycVendor.readNews(webhook.body);
  if (news === undefined) return endKycWebhook(db, webhook.id, "DEAD", "Its time or its form is not understood.");
  const applicant = await findApplicant(db, news.applicant);
  if (applicant === undefined) {
    // It may have overtaken the answer to the call that made the applicant.
    const detail = `There is no applicant ${news.applicant} of this house.`;
    return meetFailure(deps, webhook, { code: "CASE_NOT_FOUND", detail }, webhook.attempts < 8);
  }
  const taken = await takeNews(deps, kycVendor, applicant, { verdict: news.verdict, source: "WEBHOOK" });
  if (taken.ok) return endKycWebhook(db, webhook.id, "DONE", taken.value);
  await meetFailure(deps, webhook, taken.error, errorRow(taken.error.code).retry);
}

async function meetFailure(
  { db, clock, log }: VendorDeps,
  { id, attempts }: DueKycWebhook,
  { code, detail }: Failure,
  retry: boolean,
): Promise<void> {
  const outcome = `${code}: ${detail ?? errorRow(code).sentence}`;
  if (!retry || attempts >= mostAttempts) {
    log.warn({ webhook: id.toString(), outcome }, "a webhook of the vendor's is given up");
    await endKycWebhook(db, id, "DEAD", outcome);
    return;
  }
  const wait = Math.min(backoffMs.first * 2 ** attempts, backoffMs.most);
  await postponeKycWebhook(db, id, new Date(clock.now() + wait), outcome);
}
