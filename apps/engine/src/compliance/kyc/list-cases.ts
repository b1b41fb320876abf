/** Cases of verification for those who look at them; each look at a document is written down. */
import {
  countWaitingCases,
  findCase,
  findDocument,
  type KycStep,
  listCases as listRecords,
  listDocuments,
  listKycSteps,
  type NamedCase,
} from "@pitboss/db/compliance/kyc-store";
import {
  findApplicantOfCase,
  type KycApplicant,
  type KycVerdict,
  listVerdicts,
} from "@pitboss/db/compliance/kyc-vendor-store";
import { readStanding } from "@pitboss/db/compliance/standing-store";
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import {
  type CaseDecision,
  caseDecisions,
  type CaseReason,
  type CaseState,
  caseStates,
  type DocumentKind,
  findMissing,
  type Missing,
} from "@pitboss/domain/compliance/kyc/case-machine";
import { type CaseCheck, caseChecklists, takesTwoPeople } from "@pitboss/domain/compliance/kyc/case-policy";
import { latestVerdict } from "@pitboss/domain/compliance/kyc/vendor-review";
import type { DocumentType } from "@pitboss/domain/compliance/kyc/document-content";
import { maskPersonal, type PersonalField, personalFields } from "@pitboss/domain/identity/personal-data";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import { openDocument } from "./document-vault.ts";
import { wasTakenBack } from "./settle-decision.ts";

export interface CaseRow {
  readonly caseId: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly level: 1 | 2 | 3;
  readonly state: CaseState;
  readonly reason: CaseReason | null;
  readonly openedAt: string;
  readonly submittedAt: string | null;
  /** Until when somebody should have looked; null where nobody has to. */
  readonly dueAt: string | null;
  readonly late: boolean;
}

export const listCases = procedure("kyc.read")
  .input(
    z.object({
      state: z.enum(caseStates as [CaseState, ...CaseState[]]).nullish(),
      level: z.coerce.number().int().min(1).max(3).nullish(),
      playerId: idInput("player").nullish(),
      ...pageInput,
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<CaseRow> & { readonly waiting: number; readonly overdue: number }> => {
    const { db, clock } = ctx.deps;
    const now = clock.now();
    const rows = await listRecords(db, {
      states: input.state == null ? undefined : [input.state],
      level: input.level == null ? undefined : (input.level as 1 | 2 | 3),
      playerId: input.playerId ?? undefined,
      before: readCursor("kycCase", input.cursor),
      limit: input.limit + 1,
    });
    const page = pageOf(
      rows,
      input.limit,
      (row) => presentRow(row, now),
      ({ id }) => formatId("kycCase", id),
    );
    const counts = await countWaitingCases(db, new Date(now));
    return { ...page, waiting: counts.waiting, overdue: counts.late };
  });

export interface VendorView {
  /** The applicant's id there. */
  readonly applicant: string;
  readonly level: string;
  /** By the vendor's clock, oldest first; the one that counts is the last. */
  readonly verdicts: readonly (Pick<
    KycVerdict,
    "answer" | "rejectType" | "labels" | "houseComment" | "playerComment"
  > & {
    readonly at: string;
    readonly source: KycVerdict["source"];
    readonly counts: boolean;
  })[];
}

export interface CaseDetail extends CaseRow {
  /** The player's level now. */
  readonly kycLevel: number;
  readonly claimed: { readonly by: string; readonly mine: boolean; readonly until: string } | null;
  readonly fields: readonly { readonly field: PersonalField; readonly masked: string | null }[];
  readonly missing: Missing;
  /** What is looked at before an approval. */
  readonly checklist: readonly CaseCheck[];
  /** Decisions that somebody else has to approve. */
  readonly twoPeople: readonly CaseDecision[];
  /** Until when an approval holds. */
  readonly renewAt: string | null;
  readonly documents: readonly {
    readonly documentId: string;
    readonly kind: DocumentKind;
    readonly contentType: DocumentType;
    readonly bytes: number;
    readonly uploadedAt: string;
    /** It was given at the vendor's, and fetched from there. */
    readonly fromVendor: boolean;
    /** The last day on which it is valid, where that is known. */
    readonly validUntil: string | null;
    readonly issuedIn: string | null;
  }[];
  /** What the verification vendor says; null where it was not asked. */
  readonly vendor: VendorView | null;
  readonly steps: readonly (Pick<KycStep, "number" | "event" | "by" | "reason" | "note" | "checked"> & {
    readonly at: string;
    readonly to: CaseState;
  })[];
}

export const showCase = procedure("kyc.read")
  .input(z.object({ caseId: idInput("kycCase") }))
  .query(async ({ ctx, input }): Promise<CaseDetail> => {
    const { db, players, clock } = ctx.deps;
    const found = (await findCase(db, input.caseId)) ?? throwFailure({ code: "CASE_NOT_FOUND" });
    const opened = await players.open(db, found.playerId);
    const data = opened.ok ? opened.value.data : {};
    const documents = await listDocuments(db, found.id);
    const steps = await listKycSteps(db, found.id);
    const takenBack = await wasTakenBack(db, found.id);
    const applicant = await findApplicantOfCase(db, found.id);
    const vendor = applicant === undefined ? null : presentVendor(applicant, await listVerdicts(db, found.id));
    const now = clock.now();
    const { claimedBy, claimedUntil } = found;
    const claimed = claimedBy !== null && claimedUntil !== null && claimedUntil.getTime() > now;
    const known = personalFields.filter((field) => (data[field] ?? "") !== "");
    return {
      ...presentRow(found, now),
      kycLevel: (await readStanding(db, found.playerId))?.kycLevel ?? 0,
      claimed: claimed
        ? {
            by: (await listStaffNames(db, [claimedBy])).get(claimedBy) ?? formatId("staff", claimedBy),
            mine: ctx.actor.kind === "staff" && ctx.actor.staffId === claimedBy,
            until: claimedUntil.toISOString(),
          }
        : null,
      fields: personalFields.map((field) => {
        const value = data[field];
        return { field, masked: value === undefined ? null : maskPersonal(field, value) };
      }),
      missing: findMissing(
        found.level,
        known,
        documents.map(({ kind }) => kind),
      ),
      vendor,
      checklist: caseChecklists[found.level],
      twoPeople: caseDecisions.filter((decision) => takesTwoPeople(decision, found.level, takenBack)),
      renewAt: found.renewAt?.toISOString() ?? null,
      documents: documents.map(({ id, kind, contentType, bytes, uploadedAt, vendorImage, validUntil, issuedIn }) => {
        return {
          documentId: formatId("kycDocument", id),
          kind,
          contentType,
          bytes,
          uploadedAt: uploadedAt.toISOString(),
          fromVendor: vendorImage !== null,
          validUntil,
          issuedIn,
        };
      }),
      steps: steps.map(({ number, at, event, toState, by, reason, note, checked }) => {
        return { number, at: at.toISOString(), event, to: toState, by, reason, note, checked };
      }),
    };
  });

export interface ShownDocument {
  readonly contentType: DocumentType;
  /** Base64. */
  readonly content: string;
  /** The data that the document is compared with, in clear. */
  readonly fields: readonly { readonly field: PersonalField; readonly value: string }[];
}

const compared = ["firstName", "lastName", "birthDate", "address"] as const satisfies readonly PersonalField[];

/** One document, and beside it in clear what it is to prove. */
export const showDocument = staffProcedure("kyc.document")
  .input(z.object({ documentId: idInput("kycDocument"), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<ShownDocument> => {
    const { deps, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const document = await findDocument(tx, input.documentId);
        const found = document === undefined ? undefined : await findCase(tx, document.caseId);
        if (document === undefined || found === undefined) return err("RECORD_NOT_FOUND");
        const content = await openDocument(deps, tx, found.playerId, document);
        const opened = await deps.players.open(tx, found.playerId);
        if (content === undefined) return err("PLAYER_ERASED");
        const data = opened.ok ? opened.value.data : {};
        note({
          action: "kyc.document",
          subject: { kind: "player", id: formatId("player", found.playerId) },
          reason: input.reason,
          after: { document: formatId("kycDocument", document.id), kind: document.kind, fields: [...compared] },
        });
        return ok({
          contentType: document.contentType,
          content: content.toString("base64"),
          fields: compared.flatMap((field) => {
            const value = data[field];
            return value === undefined ? [] : [{ field, value }];
          }),
        });
      }),
    );
  });

function presentVendor({ applicant, levelName }: KycApplicant, verdicts: readonly KycVerdict[]): VendorView {
  const counting = latestVerdict(verdicts.map(({ id, at, answer }) => ({ id, answer, at: at.getTime() })));
  return {
    applicant,
    level: levelName,
    verdicts: verdicts.map(({ id, at, answer, rejectType, labels, houseComment, playerComment, source }) => {
      const said = { answer, rejectType, labels, houseComment, playerComment };
      return { ...said, at: at.toISOString(), source, counts: counting?.id === id };
    }),
  };
}

function presentRow(found: NamedCase, now: number): CaseRow {
  const { dueAt, state } = found;
  return {
    caseId: formatId("kycCase", found.id),
    playerId: formatId("player", found.playerId),
    nickname: found.nickname,
    level: found.level,
    state,
    reason: found.reason,
    openedAt: found.openedAt.toISOString(),
    submittedAt: found.submittedAt?.toISOString() ?? null,
    dueAt: state === "PENDING" ? (dueAt?.toISOString() ?? null) : null,
    late: state === "PENDING" && dueAt !== null && dueAt.getTime() <= now,
  };
}
