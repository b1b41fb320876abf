/** Asks the vendor about applicants of whom nothing was heard: a webhook may be lost, and the vendor gives up after a day. */
import { claimApplicants } from "@pitboss/db/compliance/kyc-vendor-store";
import type { VendorDeps } from "./pull-images.ts";
import { askAfterMs, takeNews } from "./take-news.ts";

const atOnce = 20;

/** True where there may be more to do at once. */
export async function askVendor(deps: VendorDeps): Promise<boolean> {
  const { db, clock, kycVendor, log } = deps;
  if (kycVendor === undefined) return false;
  const now = clock.now();
  const due = await claimApplicants(db, new Date(now), new Date(now + askAfterMs), atOnce);
  for (const applicant of due) {
    const read = await kycVendor.readApplicant(applicant.applicant);
    const taken = read.ok
      ? await takeNews(deps, kycVendor, applicant, { verdict: read.value.verdict, source: "ASKED" })
      : read;
    if (!taken.ok)
      log.warn({ applicant: applicant.applicant, code: taken.error.code }, "the vendor could not be asked");
  }
  return due.length === atOnce;
}
