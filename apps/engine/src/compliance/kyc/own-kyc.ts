/** What a player sees and gives for their own verification. */
import {
  changeCase,
  insertDocument,
  insertKycStep,
  type KycCase,
  type KycDocument,
  listDocuments,
  listPlayerCases,
  lockPlayerCases,
  nextDocumentId,
  openCase,
} from "@pitboss/db/compliance/kyc-store";
import { readStanding } from "@pitboss/db/compliance/standing-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import {
  caseReasons,
  type DocumentKind,
  findMissing,
  type Missing,
  stateAfter,
  type VerifiedLevel,
} from "@pitboss/domain/compliance/kyc/case-machine";
import type { kycAnswer } from "@pitboss/domain/compliance/kyc/contract";
import { detectDocumentType, mostDocumentBytes } from "@pitboss/domain/compliance/kyc/document-content";
import { type PersonalField, personalFields } from "@pitboss/domain/identity/personal-data";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { z } from "zod";
import type { Acting } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { dueAfter } from "./case-clock.ts";
import { storeDocument } from "./document-vault.ts";

export type KycDeps = Pick<StaffDeps, "db" | "clock" | "players" | "objects">;

const mostDocuments = 20;
const ownUpload = { vendorImage: null, validUntil: null };

export interface UploadedDocument {
  readonly kind: DocumentKind;
  /** ISO 3166-1 alpha-2, as the player says. */
  readonly issuedIn: string | null;
  readonly content: Buffer;
}

export async function showOwnKyc(deps: KycDeps, playerId: bigint): Promise<Result<z.infer<typeof kycAnswer>>> {
  const { db } = deps;
  const standing = await readStanding(db, playerId);
  if (standing === undefined) return err("PLAYER_NOT_FOUND");
  const level = nextLevel(standing.kycLevel);
  if (level === null) {
    return ok({ level: standing.kycLevel, nextLevel: null, case: null, missing: { fields: [], documents: [] } });
  }
  const found = (await listPlayerCases(db, playerId)).find((one) => one.level === level);
  const documents = found === undefined ? [] : await listDocuments(db, found.id);
  const missing = await missingOf(deps, db, playerId, level, countedDocuments(found, documents));
  return ok({
    level: standing.kycLevel,
    nextLevel: level,
    case:
      found === undefined
        ? null
        : {
            status: found.state,
            reason: found.reason === null ? null : caseReasons[found.reason],
            documents: documents.map(presentOwnDocument),
          },
    missing: { fields: [...missing.fields], documents: missing.documents.map((group) => [...group]) },
  });
}

/** Takes a document for the next level. With the last thing that was missing the case goes to a person at once. */
export async function uploadDocument(
  deps: KycDeps,
  acting: Acting,
  playerId: bigint,
  { kind, issuedIn, content }: UploadedDocument,
): Promise<Result<KycDocument>> {
  const contentType = detectDocumentType(content);
  if (contentType === undefined || content.length > mostDocumentBytes) return err("DOCUMENT_UNREADABLE");
  const { db, clock } = deps;
  const now = new Date(clock.now());
  return withAudit(db, acting, async (tx, note) => {
    const cases = await lockPlayerCases(tx, playerId);
    const standing = await readStanding(tx, playerId);
    if (standing === undefined) return err("PLAYER_NOT_FOUND");
    const level = nextLevel(standing.kycLevel);
    if (level === null) return err("KYC_COMPLETE");
    const key = await deps.players.profileKey(tx, playerId);
    if (key === undefined) return err("PLAYER_ERASED");
    const found = cases.find((one) => one.level === level) ?? (await openCase(tx, playerId, level, now));
    const before = await listDocuments(tx, found.id);
    if (stateAfter(found.state, "submit") === undefined || before.length >= mostDocuments) {
      return err("CASE_STATE", "The case takes no document now.");
    }
    const id = await nextDocumentId(tx);
    const object = await storeDocument(deps, key, id, content);
    const bytes = content.length;
    const document = {
      id,
      caseId: found.id,
      kind,
      contentType,
      bytes,
      keyId: key.rowId,
      object,
      uploadedAt: now,
      issuedIn,
      ...ownUpload,
    };
    await insertDocument(tx, document);
    const step = { caseId: found.id, fromState: found.state, by: `player:${acting.actorId}`, reason: null, note: null };
    await insertKycStep(tx, { ...step, event: "upload", toState: found.state });
    const missing = await missingOf(deps, tx, playerId, level, countedDocuments(found, [...before, document]));
    const complete = missing.fields.length === 0 && missing.documents.length === 0;
    if (complete) {
      const dueAt = await dueAfter(tx, playerId, now);
      await changeCase(tx, found.id, { state: "PENDING", reason: null, submittedAt: now, dueAt });
      await insertKycStep(tx, { ...step, event: "submit", toState: "PENDING" });
    }
    note({
      action: "kyc.upload",
      subject: { kind: "player", id: formatId("player", playerId) },
      reason: "Uploaded by the player",
      after: { case: formatId("kycCase", found.id), document: formatId("kycDocument", id), kind, submitted: complete },
    });
    return ok(document);
  });
}

export function presentOwnDocument({ id, kind, uploadedAt }: KycDocument) {
  return { documentId: formatId("kycDocument", id), kind, uploadedAt: uploadedAt.toISOString() };
}

export function nextLevel(level: number): VerifiedLevel | null {
  return level === 0 ? 1 : level === 1 ? 2 : level === 2 ? 3 : null;
}

/** After a player was asked again only what came since counts. */
export function countedDocuments(found: KycCase | undefined, documents: readonly KycDocument[]): DocumentKind[] {
  const since = found?.state === "REJECTED_RETRY" ? (found.decidedAt?.getTime() ?? 0) : 0;
  return documents.filter(({ uploadedAt }) => uploadedAt.getTime() > since).map(({ kind }) => kind);
}

export async function missingOf(
  deps: Pick<KycDeps, "players">,
  db: Executor,
  playerId: bigint,
  level: VerifiedLevel,
  documents: readonly DocumentKind[],
): Promise<Missing> {
  const opened = await deps.players.open(db, playerId);
  const data = opened.ok ? opened.value.data : {};
  const known: PersonalField[] = personalFields.filter((field) => (data[field] ?? "") !== "");
  return findMissing(level, known, documents);
}
