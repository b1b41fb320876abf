/**
 * A new version of what a provider or a state takes: proposed with its difference, approved by a second person, and in
 * force from its day on. It may begin with the month before this one, since that is what invoices and returns are about;
 * what is older was reported and paid. A first version may begin at any time, or a house could never be set up.
 */
import { findProviderId } from "@pitboss/db/gaming/provider-store";
import { insertCharge, listCharges } from "@pitboss/db/reporting/charges-store";
import { listPacks } from "@pitboss/db/risk/rules-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import type { ChargeContent } from "@pitboss/domain/identity/approval-content";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import {
  type ChargeTerms,
  type ChargeVersion,
  isChargeSubject,
  percentOfPpm,
  ppmOfPercent,
} from "@pitboss/domain/reporting/charges";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import type { KindHandler } from "../../identity/approvals/kind-handler.ts";

export type ChargeInput = Omit<ChargeContent, "basedOn" | "changes">;

export async function describeCharge(db: Executor, input: ChargeInput, nowMs: number): Promise<Result<ChargeContent>> {
  const { kind, subject, minimum } = input;
  const fault = findFault(input) ?? (await findStranger(db, input));
  if (fault !== undefined) return err("REQUEST_INVALID", fault);
  if (minimum !== null) {
    const parsed = parseAmount(minimum.amount, minimum.currency);
    if (!parsed.ok || parsed.value === 0n) return err("AMOUNT_INVALID");
  }
  const newest = newestOf(await listCharges(db), input);
  if (newest !== undefined && input.effectiveFrom < earliestDay(nowMs)) {
    return err("REQUEST_INVALID", `It begins on ${earliestDay(nowMs)} or later: what is older was reported.`);
  }
  if (newest !== undefined && input.effectiveFrom < newest.effectiveFrom) {
    return err("REQUEST_INVALID", `It begins on ${newest.effectiveFrom} or later, as the version before it does.`);
  }
  const before = newest === undefined ? undefined : linesOf(newest);
  const after = linesOf(readTerms(input, 0));
  const changes = (["base", "percent", "minimum"] as const)
    .map((path) => ({ path, before: before?.[path] ?? "", after: after[path] }))
    .filter((change) => change.before !== change.after);
  if (changes.length === 0) return err("NOTHING_CHANGES");
  return ok({ ...input, kind, subject, basedOn: newest?.version ?? 0, changes });
}

function findFault({ kind, subject, base, minimum }: ChargeTerms): string | undefined {
  if (!isChargeSubject(kind, subject))
    return `${subject} is no ${kind === "TAX" ? "jurisdiction's" : "provider's"} code.`;
  if (kind === "TAX" && minimum !== null) return "A tax has no minimum.";
  if (kind === "PROVIDER_FEE" && base !== "GGR" && base !== "GGR_CASH") return "A provider's part is one of GGR.";
  return undefined;
}

async function findStranger(db: Executor, { kind, subject }: ChargeTerms): Promise<string | undefined> {
  if (kind === "TAX") {
    const packs = await listPacks(db);
    return packs.some(({ code }) => code === subject) ? undefined : `There is no jurisdiction ${subject}.`;
  }
  return (await findProviderId(db, subject)) === undefined ? `There is no provider ${subject}.` : undefined;
}

/** The first day of the month before this one, UTC. */
function earliestDay(nowMs: number): string {
  const now = new Date(nowMs);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 10);
}

function newestOf<T extends ChargeVersion>(
  versions: readonly T[],
  { kind, subject }: Pick<ChargeTerms, "kind" | "subject">,
): T | undefined {
  return versions.filter((one) => one.kind === kind && one.subject === subject).at(-1);
}

/** Amounts were checked before. */
function readTerms({ minimum, percent, ...terms }: ChargeTerms, version: number): ChargeVersion {
  const parsed = minimum === null ? undefined : parseAmount(minimum.amount, minimum.currency);
  return {
    kind: terms.kind,
    subject: terms.subject,
    effectiveFrom: terms.effectiveFrom,
    base: terms.base,
    version,
    ratePpm: ppmOfPercent(percent),
    minimum: minimum === null || parsed?.ok !== true ? null : { amount: parsed.value, currency: minimum.currency },
  };
}

function linesOf({ base, ratePpm, minimum }: ChargeVersion): Record<"base" | "percent" | "minimum", string> {
  return {
    base,
    percent: percentOfPpm(ratePpm),
    minimum: minimum === null ? "" : `${formatMinor(minimum.amount, minimum.currency)} ${minimum.currency}`,
  };
}

export const chargeHandler: KindHandler<ChargeContent, ChargeInput> = {
  async describe({ db, clock }, input) {
    const content = await describeCharge(db, input, clock.now());
    if (!content.ok) return content;
    const { kind, subject, basedOn, percent, base, minimum, effectiveFrom } = content.value;
    const least = minimum === null ? "" : `, at least ${minimum.amount} ${minimum.currency} a month`;
    const what = kind === "TAX" ? "Tax of" : "Fee of";
    return ok({
      content: { ...content.value },
      summary: `${what} ${subject} version ${basedOn + 1} from ${effectiveFrom}: ${percent} % of ${base}${least}`,
      subject: { kind: kind === "TAX" ? "jurisdiction" : "provider", id: subject },
    });
  },
  apply: {
    where: "here",
    async run({ tx, content, approval, note }) {
      const { kind, subject, basedOn, effectiveFrom, reason } = content;
      const newest = newestOf(await listCharges(tx), content);
      if ((newest?.version ?? 0) !== basedOn) return err("PLAN_CHANGED", "There is a newer version; propose it again.");
      const version = readTerms(content, basedOn + 1);
      await insertCharge(tx, { ...version, approvalId: approval.id });
      const result = { version: version.version, effectiveFrom };
      note({
        action: "report-charge.change",
        subject: { kind: kind === "TAX" ? "jurisdiction" : "provider", id: subject },
        reason,
        ...(newest === undefined ? {} : { before: linesOf(newest) }),
        after: { ...result, ...linesOf(version) },
      });
      return ok(result);
    },
  },
};
