/** Cases and alerts against money laundering, for those who may know that they are there. */
import {
  type AmlStep,
  countAmlCases,
  findAmlCase,
  listAmlCases as listRecords,
  listAmlSteps,
  listCaseSars,
  type NamedAmlCase,
} from "@pitboss/db/compliance/aml-store";
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import { type AlertRecord, listAlerts, listCaseAlerts, type NamedAlert } from "@pitboss/db/risk/alert-store";
import {
  type AmlCaseState,
  amlCaseStates,
  openAmlCaseStates,
  type SarState,
} from "@pitboss/domain/compliance/aml/case-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { type AlertState, alertStates } from "@pitboss/domain/risk/monitoring/alert-machine";
import { type Severity, severities } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { openStepText } from "./case-text.ts";

export interface AmlCaseRow {
  readonly caseId: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly state: AmlCaseState;
  readonly severity: Severity;
  readonly owner: string | null;
  readonly alerts: number;
  readonly openedAt: string;
  /** By when it should be decided. */
  readonly dueAt: string;
  readonly late: boolean;
}

export const listAmlCases = procedure("aml.read")
  .input(
    z.object({
      state: z.enum(amlCaseStates as [AmlCaseState, ...AmlCaseState[]]).nullish(),
      severity: z.enum(severities).nullish(),
      mine: z.coerce.boolean().nullish(),
      playerId: idInput("player").nullish(),
      ...pageInput,
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<AmlCaseRow> & { readonly open: number; readonly overdue: number }> => {
    const { db, clock } = ctx.deps;
    const now = new Date(clock.now());
    const self = ctx.actor.kind === "staff" ? ctx.actor.staffId : undefined;
    const rows = await listRecords(db, {
      states: input.state == null ? undefined : [input.state],
      severity: input.severity ?? undefined,
      owner: input.mine === true ? self : undefined,
      playerId: input.playerId ?? undefined,
      before: readCursor("amlCase", input.cursor),
      limit: input.limit + 1,
    });
    const nameOf = await ownerNames(ctx.deps, rows);
    const page = pageOf(
      rows,
      input.limit,
      (row) => presentCase(row, nameOf, now),
      ({ id }) => formatId("amlCase", id),
    );
    const { open, late } = await countAmlCases(db, now);
    return { ...page, open, overdue: late };
  });

export interface AmlAlertRow {
  readonly alertId: string;
  readonly caseId: string;
  readonly playerId: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly severity: Severity;
  readonly state: AlertState;
  readonly happenedAt: string;
  readonly foundAt: string;
  readonly measured: Readonly<Record<string, string>>;
}

export const listAmlAlerts = procedure("aml.read")
  .input(
    z.object({
      state: z.enum(alertStates as [AlertState, ...AlertState[]]).nullish(),
      rule: z.string().max(40).nullish(),
      playerId: idInput("player").nullish(),
      ...pageInput,
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<AmlAlertRow>> => {
    const rows = await listAlerts(ctx.deps.db, {
      desk: "AML",
      states: input.state == null ? undefined : [input.state],
      ruleCode: input.rule ?? undefined,
      playerId: input.playerId ?? undefined,
      before: readCursor("amlAlert", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf<NamedAlert, AmlAlertRow>(rows, input.limit, presentAlert, ({ id }) => formatId("amlAlert", id));
  });

export interface AmlCaseDetail extends AmlCaseRow {
  readonly mine: boolean;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly found: readonly (AmlAlertRow & { readonly evidence: readonly JsonObject[] })[];
  readonly steps: readonly {
    readonly number: number;
    readonly at: string;
    readonly event: string;
    readonly to: AmlCaseState;
    readonly by: string;
    readonly text: string | null;
  }[];
  readonly sars: readonly {
    readonly sarId: string;
    readonly state: SarState;
    readonly authority: string;
    readonly updatedAt: string;
  }[];
  /** The same player's other cases. */
  readonly others: readonly AmlCaseRow[];
}

const mostOthers = 20;

export const showAmlCase = procedure("aml.read")
  .input(z.object({ caseId: idInput("amlCase") }))
  .query(async ({ ctx, input }): Promise<AmlCaseDetail> => {
    const { db, clock, vault } = ctx.deps;
    const found = (await findAmlCase(db, input.caseId)) ?? throwFailure({ code: "AML_CASE_NOT_FOUND" });
    const now = new Date(clock.now());
    const [alerts, steps, sars, others] = await Promise.all([
      listCaseAlerts(db, found.id),
      listAmlSteps(db, found.id),
      listCaseSars(db, found.id),
      listRecords(db, { playerId: found.playerId, limit: mostOthers + 1 }),
    ]);
    const nameOf = await ownerNames(ctx.deps, [found, ...others], steps, found.decidedBy);
    const opened = await Promise.all(
      steps.map(async ({ number, text }) => (text === null ? null : openStepText(vault, found.id, number, text))),
    );
    return {
      ...presentCase(found, nameOf, now),
      mine: ctx.actor.kind === "staff" && found.owner === ctx.actor.staffId,
      decidedAt: found.decidedAt?.toISOString() ?? null,
      decidedBy: found.decidedBy === null ? null : nameOf(found.decidedBy),
      found: alerts.map((alert) => ({ ...presentAlert(alert), evidence: alert.evidence })),
      steps: steps.map(({ number, at, event, toState, by }, index) => {
        return { number, at: at.toISOString(), event, to: toState, by: nameOf(by), text: opened[index] ?? null };
      }),
      sars: sars.map(({ id, state, authority, updatedAt }) => {
        return { sarId: formatId("sar", id), state, authority, updatedAt: updatedAt.toISOString() };
      }),
      others: others.filter(({ id }) => id !== found.id).map((row) => presentCase(row, nameOf, now)),
    };
  });

/** Names of those who own cases and did steps, by `staff:st_1` or by `st_1`. */
async function ownerNames(
  { db }: StaffDeps,
  cases: readonly NamedAmlCase[],
  steps: readonly AmlStep[] = [],
  decidedBy: string | null = null,
): Promise<(actor: string) => string> {
  const idOf = (actor: string): bigint | undefined => parseId("staff", actor.replace(/^staff:/, ""));
  const actors = [...steps.map(({ by }) => by), decidedBy ?? ""];
  const ids = [...cases.flatMap(({ owner }) => owner ?? []), ...actors.flatMap((actor) => idOf(actor) ?? [])];
  const names = await listStaffNames(db, ids);
  return (actor) => names.get(idOf(actor) ?? 0n) ?? actor;
}

function presentCase(found: NamedAmlCase, nameOf: (actor: string) => string, now: Date): AmlCaseRow {
  const open = (openAmlCaseStates as readonly AmlCaseState[]).includes(found.state);
  return {
    caseId: formatId("amlCase", found.id),
    playerId: formatId("player", found.playerId),
    nickname: found.nickname,
    state: found.state,
    severity: found.severity,
    owner: found.owner === null ? null : nameOf(formatId("staff", found.owner)),
    alerts: found.alerts,
    openedAt: found.openedAt.toISOString(),
    dueAt: found.dueAt.toISOString(),
    late: open && found.dueAt <= now,
  };
}

function presentAlert(alert: AlertRecord): AmlAlertRow {
  return {
    alertId: formatId("amlAlert", alert.id),
    caseId: formatId("amlCase", alert.caseId ?? 0n),
    playerId: formatId("player", alert.playerId),
    rule: alert.ruleCode,
    ruleVersion: alert.ruleVersion,
    severity: alert.severity,
    state: alert.state,
    happenedAt: alert.happenedAt.toISOString(),
    foundAt: alert.foundAt.toISOString(),
    measured: alert.measured,
  };
}
