/** The document of a report, from the draft, the case's evidence and the player's data as they stand. */
import { findAmlCase, type SarRecord } from "@pitboss/db/compliance/aml-store";
import { findPlayer } from "@pitboss/db/identity/player-directory";
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import type { Executor } from "@pitboss/db/kernel/executor";
import { listCaseAlerts } from "@pitboss/db/risk/alert-store";
import { type SarSubject, type SarTransaction, writeSar } from "@pitboss/domain/compliance/aml/sar-document";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { moneyFactKinds } from "@pitboss/domain/risk/monitoring/monitoring-facts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { openSarText } from "./case-text.ts";

export async function buildSar(deps: StaffDeps, db: Executor, sar: SarRecord): Promise<string> {
  const found = await findAmlCase(db, sar.caseId);
  if (found === undefined) throw new Error("a report's case is kept for ever");
  const alerts = await listCaseAlerts(db, sar.caseId);
  const names = await listStaffNames(db, [sar.draftedBy]);
  return writeSar({
    entity: deps.settings.operator,
    reference: formatId("sar", sar.id),
    caseReference: formatId("amlCase", sar.caseId),
    authority: sar.authority,
    draftedAt: sar.updatedAt.toISOString(),
    reportingPerson: names.get(sar.draftedBy) ?? formatId("staff", sar.draftedBy),
    narrative: await openSarText(deps.vault, sar.id, "narrative", sar.narrative),
    action: `Reported under case ${formatId("amlCase", sar.caseId)}.`,
    indicators: sar.indicators,
    subject: await subjectOf(deps, db, found.playerId),
    transactions: transactionsOf(alerts.flatMap(({ evidence }) => evidence)),
  });
}

async function subjectOf({ players }: StaffDeps, db: Executor, playerId: bigint): Promise<SarSubject> {
  const [record, opened] = [await findPlayer(db, playerId), await players.open(db, playerId)];
  const data = opened.ok ? opened.value.data : {};
  return {
    playerId: formatId("player", playerId),
    firstName: data.firstName ?? "",
    lastName: data.lastName ?? "",
    birthDate: data.birthDate ?? "",
    address: data.address ?? "",
    country: record?.country ?? "",
    email: data.email ?? "",
    phone: data.phone ?? "",
    accountOpened: record?.createdAt.toISOString() ?? "",
  };
}

/** Every movement once, in the order of their times, whichever alerts name it. */
function transactionsOf(evidence: readonly JsonObject[]): SarTransaction[] {
  const byId = new Map<string, SarTransaction>();
  for (const one of evidence) {
    const kind = textOf(one["kind"]);
    if (!(moneyFactKinds as readonly string[]).includes(kind)) continue;
    const number = textOf(one["id"]);
    byId.set(number, {
      number,
      at: textOf(one["at"]),
      kind,
      amount: textOf(one["amount"]),
      currency: textOf(one["currency"]),
      method: textOf(one["method"]),
      incoming: kind === "DEPOSIT" || kind === "PAYOUT_BACK",
    });
  }
  return [...byId.values()].sort((a, b) => (a.at === b.at ? (a.number < b.number ? -1 : 1) : a.at < b.at ? -1 : 1));
}

function textOf(value: JsonObject[string] | undefined): string {
  return typeof value === "string" ? value : "";
}
