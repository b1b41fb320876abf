/** Drafting a report of suspicious activity, having it filed by two people, and noting what the authority says. */
import {
  changeSar,
  findSar,
  insertSar,
  listCaseSars,
  listSars as listRecords,
  lockAmlCase,
  lockSar,
  nextSarId,
  type SarRecord,
} from "@pitboss/db/compliance/aml-store";
import {
  openAmlCaseStates,
  type AmlCaseState,
  type SarState,
  sarStateAfter,
  sarStates,
} from "@pitboss/domain/compliance/aml/case-machine";
import { hashSar, type SarIndicator, sarIndicatorNames } from "@pitboss/domain/compliance/aml/sar-document";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import type { ApprovalView } from "../../identity/approvals/approval-view.ts";
import { keepProposal } from "../../identity/approvals/propose.ts";
import { actorOf } from "../screening/screen-player.ts";
import { buildSar } from "./build-sar.ts";
import { openSarText, sealSarText } from "./case-text.ts";
import { sarHandler } from "./sar-handler.ts";
import { writeStep } from "./write-step.ts";

interface Drafted {
  readonly sarId: string;
  readonly state: SarState;
}

const draft = {
  authority: z.string().trim().min(2).max(80),
  indicators: z
    .array(z.enum(sarIndicatorNames as [SarIndicator, ...SarIndicator[]]))
    .min(1)
    .max(12),
  narrative: z.string().trim().min(20).max(20_000),
};

/** Writes the draft of a case: a new one, or over the one that there is. */
export const draftSar = staffProcedure("aml.work")
  .input(z.object({ caseId: idInput("amlCase"), ...draft }))
  .mutation(async ({ ctx, input }): Promise<Drafted> => {
    const { deps, acting, staff } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note): Promise<Result<Drafted>> => {
        const found = await lockAmlCase(tx, input.caseId);
        if (found === undefined) return err("AML_CASE_NOT_FOUND");
        if (!(openAmlCaseStates as readonly AmlCaseState[]).includes(found.state) || found.owner !== staff.staffId) {
          return err("AML_CASE_STATE", "Whoever has the open case drafts its report.");
        }
        const standing = (await listCaseSars(tx, found.id)).find(({ state }) => state === "DRAFT");
        const id = standing?.id ?? (await nextSarId(tx));
        const { authority, indicators } = input;
        const narrative = await sealSarText(deps.vault, id, "narrative", input.narrative);
        const now = new Date(deps.clock.now());
        if (standing === undefined) {
          await insertSar(tx, { id, caseId: found.id, authority, indicators, narrative, draftedBy: staff.staffId });
        } else {
          await changeSar(tx, id, { authority, indicators, narrative, updatedAt: now });
        }
        const event = standing === undefined ? "draft" : "redraft";
        await writeStep(tx, deps.vault, {
          caseId: found.id,
          event,
          toState: found.state,
          by: actorOf(acting),
          text: null,
        });
        const sarId = formatId("sar", id);
        note({
          action: "aml.draft",
          subject: { kind: "aml", id: sarId },
          after: { case: formatId("amlCase", found.id) },
        });
        return ok({ sarId, state: "DRAFT" });
      }),
    );
  });

export const discardSar = staffProcedure("aml.work")
  .input(z.object({ sarId: idInput("sar"), reason: reasonInput }))
  .mutation(({ ctx, input }) =>
    moveSar(ctx, input.sarId, "discard", input.reason, () => ({ updatedAt: new Date(ctx.deps.clock.now()) })),
  );

/** What the authority calls the report, once it has said so. */
export const acknowledgeSar = staffProcedure("aml.work")
  .input(z.object({ sarId: idInput("sar"), receipt: z.string().trim().min(1).max(120) }))
  .mutation(({ ctx, input }) =>
    moveSar(ctx, input.sarId, "acknowledge", input.receipt, () => ({ receipt: input.receipt })),
  );

export const proposeSar = staffProcedure("aml.propose")
  .input(z.object({ sarId: idInput("sar"), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<ApprovalView> => {
    const described = orThrow(await sarHandler.describe(ctx.deps, input, ctx.staff));
    return keepProposal(ctx, "aml.sar", described, input.reason);
  });

type Ctx = Parameters<typeof keepProposal>[0];

async function moveSar(
  { deps, acting }: Ctx,
  id: bigint,
  event: "discard" | "acknowledge",
  text: string,
  change: () => Parameters<typeof changeSar>[2],
): Promise<Drafted> {
  return orThrow(
    await withAudit(deps.db, acting, async (tx, note): Promise<Result<Drafted>> => {
      const sar = await lockSar(tx, id);
      if (sar === undefined) return err("SAR_NOT_FOUND");
      const state = sarStateAfter(sar.state, event);
      if (state === undefined) return err("SAR_STATE", `It is ${sar.state}.`);
      const found = await lockAmlCase(tx, sar.caseId);
      if (found === undefined) return err("AML_CASE_NOT_FOUND");
      await changeSar(tx, id, { state, ...change() });
      const by = actorOf(acting);
      await writeStep(tx, deps.vault, { caseId: sar.caseId, event, toState: found.state, by, text });
      const sarId = formatId("sar", id);
      note({
        action: `aml.${event}`,
        subject: { kind: "aml", id: sarId },
        before: { state: sar.state },
        after: { state },
      });
      return ok({ sarId, state });
    }),
  );
}

export interface SarRow {
  readonly sarId: string;
  readonly caseId: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly state: SarState;
  readonly authority: string;
  readonly draftedAt: string;
  readonly filedAt: string | null;
  readonly receipt: string | null;
}

export const listSars = procedure("aml.read")
  .input(z.object({ state: z.enum(sarStates as [SarState, ...SarState[]]).nullish(), ...pageInput }))
  .query(async ({ ctx, input }): Promise<Page<SarRow>> => {
    const before = readCursor("sar", input.cursor);
    const rows = await listRecords(ctx.deps.db, { state: input.state ?? undefined, before, limit: input.limit + 1 });
    return pageOf(rows, input.limit, presentRow, ({ id }) => formatId("sar", id));
  });

export interface SarDetail {
  readonly sarId: string;
  readonly caseId: string;
  readonly state: SarState;
  readonly authority: string;
  readonly indicators: readonly string[];
  readonly narrative: string;
  readonly receipt: string | null;
  readonly filedAt: string | null;
  readonly approvalId: string | null;
  /** As it was filed, or as it would be filed now; XML. */
  readonly document: string;
  /** SHA-256 of the document, hex. */
  readonly documentHash: string;
}

/** The report with its document. It holds the player's personal data, and so each look is written down. */
export const showSar = staffProcedure("aml.work")
  .input(z.object({ sarId: idInput("sar") }))
  .mutation(async ({ ctx, input }): Promise<SarDetail> => {
    const { deps, acting } = ctx;
    const sar = (await findSar(deps.db, input.sarId)) ?? throwFailure({ code: "SAR_NOT_FOUND" });
    const document =
      sar.document === null
        ? await buildSar(deps, deps.db, sar)
        : await openSarText(deps.vault, sar.id, "document", sar.document);
    const narrative = await openSarText(deps.vault, sar.id, "narrative", sar.narrative);
    const detail = presentDetail(sar, narrative, document);
    return orThrow(
      await withAudit(deps.db, acting, async (_tx, note) => {
        note({
          action: "aml.look",
          subject: { kind: "aml", id: detail.sarId },
          after: { documentHash: detail.documentHash },
        });
        return Promise.resolve(ok(detail));
      }),
    );
  });

function presentDetail(sar: SarRecord, narrative: string, document: string): SarDetail {
  return {
    sarId: formatId("sar", sar.id),
    caseId: formatId("amlCase", sar.caseId),
    state: sar.state,
    authority: sar.authority,
    indicators: sar.indicators,
    narrative,
    receipt: sar.receipt,
    filedAt: sar.filedAt?.toISOString() ?? null,
    approvalId: sar.approvalId === null ? null : formatId("approval", sar.approvalId),
    document,
    documentHash: hashSar(document),
  };
}

function presentRow(sar: Awaited<ReturnType<typeof listRecords>>[number]): SarRow {
  return {
    sarId: formatId("sar", sar.id),
    caseId: formatId("amlCase", sar.caseId),
    playerId: formatId("player", sar.playerId),
    nickname: sar.nickname,
    state: sar.state,
    authority: sar.authority,
    draftedAt: sar.draftedAt.toISOString(),
    filedAt: sar.filedAt?.toISOString() ?? null,
    receipt: sar.receipt,
  };
}
