/** An alert with all that follows from it: the case of the AML desk, or what a rule of risk does by itself. */
import { changeAmlCase, insertAmlStep, nextStepNumber, openCaseFor } from "@pitboss/db/compliance/aml-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { hasAlert, insertAlert, type NewAlert } from "@pitboss/db/risk/alert-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Finding } from "@pitboss/domain/risk/monitoring/judge-money";
import {
  type MonitoringRule,
  type Severity,
  severities,
  severityHours,
} from "@pitboss/domain/risk/monitoring/monitoring-rule";
import type { TakeNote } from "../../audit/with-audit.ts";
import { react } from "./react.ts";

const hourMs = 3_600_000;

export interface Raising {
  readonly tx: Transaction;
  readonly note: TakeNote;
  readonly now: Date;
}

/** False where it was raised before. */
export async function raiseAlert(
  raising: Raising,
  rule: MonitoringRule,
  playerId: bigint,
  finding: Finding,
  evidence: readonly JsonObject[],
): Promise<boolean> {
  const { tx, note, now } = raising;
  const base = {
    desk: rule.desk,
    ruleCode: rule.code,
    ruleVersion: rule.version,
    playerId,
    severity: rule.severity,
    trigger: finding.trigger,
    happenedAt: new Date(finding.atMs),
    measured: finding.measured,
    evidence,
    dueAt: new Date(now.getTime() + severityHours[rule.severity] * hourMs),
  };
  if (await hasAlert(tx, base)) return false;
  if (rule.desk === "AML") return raiseInCase(raising, base);
  const reaction = await react(raising, rule, playerId);
  const id = await insertAlert(tx, { ...base, reaction, caseId: null });
  if (id === undefined) return false;
  note({
    action: "risk.alert",
    subject: { kind: "risk", id: formatId("riskAlert", id) },
    after: { rule: rule.code, version: rule.version, player: formatId("player", playerId), reaction },
  });
  return true;
}

async function raiseInCase({ tx, note }: Raising, alert: Omit<NewAlert, "reaction" | "caseId">): Promise<boolean> {
  const found = await openCaseFor(tx, alert.playerId, alert.severity, alert.dueAt);
  const id = await insertAlert(tx, { ...alert, reaction: { do: "ALERT" }, caseId: found.id });
  if (id === undefined) return false;
  const severity = graver(found.severity, alert.severity);
  const dueAt = alert.dueAt < found.dueAt ? alert.dueAt : found.dueAt;
  if (!found.fresh && (severity !== found.severity || dueAt !== found.dueAt)) {
    await changeAmlCase(tx, found.id, { severity, dueAt });
  }
  const caseId = formatId("amlCase", found.id);
  await insertAmlStep(tx, {
    caseId: found.id,
    number: await nextStepNumber(tx, found.id),
    event: found.fresh ? "open" : "alert",
    toState: found.state,
    by: "system:monitoring",
    text: null,
  });
  // Never under the player's own name: whoever reads what was done with a player must not learn of this.
  note({
    action: "aml.alert",
    subject: { kind: "aml", id: caseId },
    after: { alert: formatId("amlAlert", id), rule: alert.ruleCode, version: alert.ruleVersion },
  });
  return true;
}

function graver(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) >= severities.indexOf(b) ? a : b;
}
