/** What news of an applicant do to the case: documents arrive, the case is submitted, a verdict stands beside the data. */
import { randomUUID } from "node:crypto";
import {
  changeCase,
  findCase,
  insertDocument,
  insertKycStep,
  type KycCase,
  listDocuments,
  lockPlayerCases,
} from "@pitboss/db/compliance/kyc-store";
import { type KycApplicant, insertVerdict, listVerdicts, setAskAt } from "@pitboss/db/compliance/kyc-vendor-store";
import { readStanding, setKycLevel } from "@pitboss/db/compliance/standing-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { noteEvent } from "@pitboss/db/ops/note-event";
import { stateAfter } from "@pitboss/domain/compliance/kyc/case-machine";
import { effectOf } from "@pitboss/domain/compliance/kyc/vendor-review";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { jobActing } from "../../../audit/acting.ts";
import { withAudit } from "../../../audit/with-audit.ts";
import { formatTrace } from "../../../edge/problem.ts";
import { dueAfter } from "../case-clock.ts";
import { countedDocuments, missingOf } from "../own-kyc.ts";
import type { KycVendor, VendorVerdict } from "./kyc-vendor.ts";
import { pullImages, type PulledDocument, type VendorDeps } from "./pull-images.ts";

/** How long after the last word the vendor is asked by ourselves, ms: before its second try of a lost webhook is due. */
export const askAfterMs = 30 * 60_000;
const by = "job:kyc-vendor";

export interface News {
  readonly verdict: VendorVerdict | null;
  readonly source: "WEBHOOK" | "ASKED";
}

interface Taken {
  readonly documents: number;
  readonly submitted: boolean;
  readonly verdict: "new" | "known" | "none";
  readonly reopened: boolean;
}

/**
 * The applicant is read anew whatever the news say, so that a webhook that overtook another brings with it what the other
 * would have brought.
 */
export async function takeNews(
  deps: VendorDeps,
  vendor: KycVendor,
  applicant: KycApplicant,
  news: News,
): Promise<Result<string>> {
  const read = await vendor.readApplicant(applicant.applicant);
  if (!read.ok) return read;
  const pulled = await pullImages(deps, vendor, applicant, read.value);
  if (!pulled.ok) return pulled;
  const taken = await withAudit(deps.db, jobActing("kyc-vendor"), async (tx, note): Promise<Result<Taken>> => {
    const now = new Date(deps.clock.now());
    const named = await findCase(tx, applicant.caseId);
    const found = (await lockPlayerCases(tx, named?.playerId ?? 0n)).find(({ id }) => id === applicant.caseId);
    if (found === undefined) return err("CASE_NOT_FOUND");
    const documents = await writeDocuments(tx, found, pulled.value);
    const submitted = documents > 0 && (await submitWhereComplete(deps, tx, found, now));
    const verdict = news.verdict === null ? "none" : await writeVerdict(tx, found, news.verdict, news.source);
    const reopened = verdict === "reopen" && news.verdict !== null;
    if (reopened) await reopen(tx, found, news.verdict, now);
    const waits = news.verdict === null && read.value.verdict === null;
    await setAskAt(tx, applicant.id, waits ? new Date(now.getTime() + askAfterMs) : null);
    const result: Taken = { documents, submitted, reopened, verdict: verdict === "reopen" ? "new" : verdict };
    note({
      action: "kyc.vendor",
      subject: { kind: "player", id: formatId("player", found.playerId) },
      reason: reopened ? "The vendor turned down what was approved" : "The vendor told",
      before: { state: found.state },
      after: { case: formatId("kycCase", found.id), ...result, ...(news.verdict && { answer: news.verdict.answer }) },
    });
    return ok(result);
  });
  return taken.ok ? ok(describe(taken.value)) : taken;
}

function describe({ documents, submitted, verdict, reopened }: Taken): string {
  return [
    `${documents} documents`,
    ...(submitted ? ["submitted"] : []),
    `verdict ${verdict}`,
    ...(reopened ? ["reopened"] : []),
  ].join(", ");
}

async function writeDocuments(tx: Transaction, found: KycCase, pulled: readonly PulledDocument[]): Promise<number> {
  const known = new Set((await listDocuments(tx, found.id)).map(({ vendorImage }) => vendorImage));
  const fresh = pulled.filter(({ vendorImage }) => !known.has(vendorImage));
  for (const document of fresh) {
    await insertDocument(tx, document);
    const step = { caseId: found.id, fromState: found.state, toState: found.state, by, reason: null };
    await insertKycStep(tx, { ...step, event: "upload", note: null });
  }
  return fresh.length;
}

async function submitWhereComplete(deps: VendorDeps, tx: Transaction, found: KycCase, now: Date): Promise<boolean> {
  const state = stateAfter(found.state, "submit");
  if (state === undefined) return false;
  const counted = countedDocuments(found, await listDocuments(tx, found.id));
  const missing = await missingOf(deps, tx, found.playerId, found.level, counted);
  if (missing.fields.length > 0 || missing.documents.length > 0) return false;
  await changeCase(tx, found.id, {
    state,
    reason: null,
    submittedAt: now,
    dueAt: await dueAfter(tx, found.playerId, now),
  });
  const step = { caseId: found.id, fromState: found.state, toState: state, by, reason: null, note: null };
  await insertKycStep(tx, { ...step, event: "submit" });
  return true;
}

async function writeVerdict(
  tx: Transaction,
  found: KycCase,
  verdict: VendorVerdict,
  source: News["source"],
): Promise<"new" | "known" | "reopen"> {
  const known = (await listVerdicts(tx, found.id)).map(({ at, answer }) => ({ at: at.getTime(), answer }));
  const row = { ...verdict, labels: [...verdict.labels], caseId: found.id, source };
  if (!(await insertVerdict(tx, row))) return "known";
  const come = { at: verdict.at.getTime(), answer: verdict.answer };
  return effectOf(found.state, known, come) === "reopen" ? "reopen" : "new";
}

/** What was approved is looked at again; until then the player stands below it. */
async function reopen(tx: Transaction, found: KycCase, verdict: VendorVerdict | null, now: Date): Promise<void> {
  const state = stateAfter(found.state, "reopen");
  if (state === undefined) return;
  await changeCase(tx, found.id, {
    state,
    reason: null,
    dueAt: await dueAfter(tx, found.playerId, now),
    renewAt: null,
    remindedAt: null,
  });
  const told = [verdict?.labels.join(", "), verdict?.houseComment].filter((part) => part != null && part !== "");
  const step = { caseId: found.id, fromState: found.state, toState: state, by, reason: null };
  await insertKycStep(tx, { ...step, event: "reopen", note: told.length === 0 ? null : told.join(": ") });
  const before = (await readStanding(tx, found.playerId))?.kycLevel ?? 0;
  const level = Math.min(before, found.level - 1);
  if (level === before) return;
  await setKycLevel(tx, found.playerId, level as 0 | 1 | 2);
  const caseId = formatId("kycCase", found.id);
  const playerId = formatId("player", found.playerId);
  await noteEvent(tx, {
    type: "kyc.revoked",
    playerId,
    traceId: formatTrace(randomUUID()),
    subject: caseId,
    caseId,
    level,
  });
}
