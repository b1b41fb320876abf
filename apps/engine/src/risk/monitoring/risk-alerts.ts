/** Alerts of the risk desk for those who look at them. */
import {
  changeAlert,
  countOpenAlerts,
  findAlert,
  listAlerts,
  lockAlert,
  type NamedAlert,
} from "@pitboss/db/risk/alert-store";
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import {
  alertDecisions,
  type AlertState,
  alertStateAfter,
  alertStates,
} from "@pitboss/domain/risk/monitoring/alert-machine";
import { severities, type Severity } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, procedure, router, staffProcedure } from "../../edge/trpc/procedure.ts";
import { actorOf } from "../../compliance/screening/screen-player.ts";

export interface RiskAlertRow {
  readonly alertId: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly severity: Severity;
  readonly state: AlertState;
  readonly happenedAt: string;
  readonly dueAt: string;
  readonly late: boolean;
  readonly measured: Readonly<Record<string, string>>;
  /** What the rule did by itself. */
  readonly reaction: JsonObject;
}

export const listRiskAlerts = procedure("risk.read")
  .input(
    z.object({
      state: z.enum(alertStates as [AlertState, ...AlertState[]]).nullish(),
      severity: z.enum(severities).nullish(),
      rule: z.string().max(40).nullish(),
      playerId: idInput("player").nullish(),
      ...pageInput,
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<RiskAlertRow> & { readonly open: number; readonly overdue: number }> => {
    const { db, clock } = ctx.deps;
    const now = new Date(clock.now());
    const rows = await listAlerts(db, {
      desk: "RISK",
      states: input.state == null ? undefined : [input.state],
      severity: input.severity ?? undefined,
      ruleCode: input.rule ?? undefined,
      playerId: input.playerId ?? undefined,
      before: readCursor("riskAlert", input.cursor),
      limit: input.limit + 1,
    });
    const page = pageOf(
      rows,
      input.limit,
      (row) => presentRow(row, now),
      ({ id }) => formatId("riskAlert", id),
    );
    const { open, late } = await countOpenAlerts(db, "RISK", now);
    return { ...page, open, overdue: late };
  });

export interface RiskAlertDetail extends RiskAlertRow {
  readonly evidence: readonly JsonObject[];
  readonly foundAt: string;
  readonly owner: string | null;
  readonly decision: { readonly by: string; readonly at: string; readonly reason: string } | null;
}

export const showRiskAlert = procedure("risk.read")
  .input(z.object({ alertId: idInput("riskAlert") }))
  .query(async ({ ctx, input }): Promise<RiskAlertDetail> => {
    const { db, clock } = ctx.deps;
    const found = (await findAlert(db, "RISK", input.alertId)) ?? throwFailure({ code: "ALERT_NOT_FOUND" });
    const decider = parseId("staff", found.decidedBy?.replace(/^staff:/, "") ?? "");
    const names = await listStaffNames(db, [
      ...(found.owner === null ? [] : [found.owner]),
      ...(decider === undefined ? [] : [decider]),
    ]);
    const { decidedAt, decidedBy } = found;
    return {
      ...presentRow(found, new Date(clock.now())),
      evidence: found.evidence,
      foundAt: found.foundAt.toISOString(),
      owner: found.owner === null ? null : (names.get(found.owner) ?? null),
      decision:
        decidedAt === null || decidedBy === null
          ? null
          : { by: names.get(decider ?? 0n) ?? decidedBy, at: decidedAt.toISOString(), reason: found.reason ?? "" },
    };
  });

export const decideRiskAlert = staffProcedure("risk.work")
  .input(z.object({ alertId: idInput("riskAlert"), decision: z.enum(alertDecisions), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly alertId: string; readonly state: AlertState }> => {
    const { deps, acting, staff } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const found = await lockAlert(tx, "RISK", input.alertId);
        if (found === undefined) return err("ALERT_NOT_FOUND");
        const state = alertStateAfter(found.state, input.decision);
        if (state === undefined) return err("ALERT_STATE", `It is ${found.state}.`);
        const closed = state === "DISMISSED" || state === "CONFIRMED";
        await changeAlert(tx, found.id, {
          state,
          owner: state === "OPEN" ? null : staff.staffId,
          decidedAt: closed ? new Date(deps.clock.now()) : null,
          decidedBy: closed ? actorOf(acting) : null,
          reason: closed ? input.reason : null,
        });
        const alertId = formatId("riskAlert", found.id);
        note({
          action: `risk.${input.decision}`,
          subject: { kind: "risk", id: alertId },
          reason: input.reason,
          before: { state: found.state },
          after: { state, rule: found.ruleCode },
        });
        return ok({ alertId, state });
      }),
    );
  });

function presentRow(alert: NamedAlert, now: Date): RiskAlertRow {
  const open = alert.state === "OPEN" || alert.state === "TAKEN";
  return {
    alertId: formatId("riskAlert", alert.id),
    playerId: formatId("player", alert.playerId),
    nickname: alert.nickname,
    rule: alert.ruleCode,
    ruleVersion: alert.ruleVersion,
    severity: alert.severity,
    state: alert.state,
    happenedAt: alert.happenedAt.toISOString(),
    dueAt: alert.dueAt.toISOString(),
    late: open && alert.dueAt <= now,
    measured: alert.measured,
    reaction: alert.reaction,
  };
}

const callerOf = createCaller(router({ decideRiskAlert }));
const params = z.object({ decision: z.enum(alertDecisions) });

const planDecisions = planned({
  action: "risk.decide",
  permission: "risk.work",
  params,
  look: async ({ deps }, targets, { decision }): Promise<Look[]> => {
    const looks: Look[] = [];
    for (const id of targets) {
      const number = parseId("riskAlert", id);
      const found = number === undefined ? undefined : await findAlert(deps.db, "RISK", number);
      const state = found === undefined ? undefined : alertStateAfter(found.state, decision);
      if (found === undefined) looks.push({ id, failure: { code: "ALERT_NOT_FOUND" } });
      else if (state === undefined)
        looks.push({ id, failure: { code: "ALERT_STATE", detail: `It is ${found.state}.` } });
      else {
        const what = `${decision} ${found.ruleCode} of ${found.nickname} (${formatId("player", found.playerId)})`;
        looks.push({ id, what, before: { state: found.state }, after: { state } });
      }
    }
    return looks;
  },
  apply: async ({ trpc }, id, { decision }, reason): Promise<JsonObject> => ({
    ...(await callerOf(trpc).decideRiskAlert({ alertId: id, decision, reason })),
  }),
});

export const planRisk = { riskDecision: planDecisions };
