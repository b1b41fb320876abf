/** What differs between the ledger, the providers' reports and the bank's statements, as breaks that the next run finds again. */
import type {
  PayoutPair,
  SettlementRule,
  StatementGap,
  StrangeEntry,
  StrangeLine,
} from "@pitboss/db/cashier/compare-bank";
import type { PairRecord } from "@pitboss/db/cashier/compare-settlement";
import type { FoundBreak } from "@pitboss/db/ops/break-store";
import { comparePair, type PairVerdict } from "@pitboss/domain/cashier/compare-settlement";
import { formatId, type IdKind, parseId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";

const dayMs = 86_400_000;
const usual: SettlementRule = { reportDays: 5, bankDays: 4 };

export interface BreakTime {
  readonly untilMs: number;
  readonly rules: ReadonlyMap<string, SettlementRule>;
}

export interface ComparedPairs {
  readonly breaks: readonly FoundBreak[];
  /** In the ledger, with time left for the provider to report it. */
  readonly waiting: readonly PairRecord[];
  /** Looked at again, and found to agree. */
  readonly agreed: number;
}

function ruleOf({ rules }: BreakTime, psp: string): SettlementRule {
  return rules.get(psp) ?? rules.get("*") ?? usual;
}

export function comparePairs(pairs: readonly PairRecord[], time: BreakTime): ComparedPairs {
  const breaks: FoundBreak[] = [];
  const waiting: PairRecord[] = [];
  let agreed = 0;
  for (const pair of pairs) {
    const { reportDays } = ruleOf(time, pair.psp);
    const verdict = comparePair({ ...pair, idle: pair.idle !== null }, { untilMs: time.untilMs, reportDays });
    if (verdict.kind === "BREAK") breaks.push(describePair(pair, verdict, time));
    else if (verdict.kind === "WAITING") waiting.push(pair);
    else agreed += 1;
  }
  return { breaks, waiting, agreed };
}

function describePair(
  pair: PairRecord,
  { type, expected, got }: Extract<PairVerdict, { kind: "BREAK" }>,
  { untilMs }: BreakTime,
): FoundBreak {
  const name = type === "FEE_DIFFERS" ? "FEE" : pair.kind;
  return {
    type,
    scope: pair.psp,
    key: `${pair.psp}|${name}|${pair.reference}`,
    subject: subjectOf(pair),
    expected,
    got,
    happenedAt: new Date(pair.ours?.atMs ?? pair.theirs?.bookedAt ?? untilMs),
  };
}

const names = { dep: "depositId", pay: "payoutId", cb: "chargebackId", afp: "paymentId" } as const;
const kinds = { dep: "deposit", pay: "payout", cb: "chargeback", afp: "affiliatePayment" } as const satisfies Readonly<
  Record<string, IdKind>
>;

function subjectOf({ psp, kind, reference, ours, theirs, idle }: PairRecord): Record<string, string> {
  const subject: Record<string, string> = { psp, kind, reference };
  const record =
    ours === null
      ? idle === null
        ? undefined
        : { kind: idle.kind, id: idle.id }
      : { kind: ours.subjectKind, id: ours.subject };
  if (record !== undefined) subject[names[record.kind]] = formatId(kinds[record.kind], record.id);
  else if (theirs?.ours != null && parseId("deposit", theirs.ours) !== undefined) subject["depositId"] = theirs.ours;
  if (idle !== null) subject["state"] = idle.state;
  if (ours !== null) {
    subject["transactionId"] = formatId("transaction", ours.transactionId);
    subject["ours"] = subject["transactionId"];
    if (ours.fee > 0n) subject["fee"] = formatMinor(ours.fee, ours.currency);
  }
  if (theirs !== null) {
    subject["line"] = `${formatId("settlementReport", theirs.reportId)}/${theirs.number}`;
    subject["theirs"] = subject["line"];
  }
  return subject;
}

/** Reports that don't add up, and payouts that did not arrive, or not whole. */
export function comparePayouts(payouts: readonly PayoutPair[], time: BreakTime): FoundBreak[] {
  const breaks: FoundBreak[] = [];
  for (const payout of payouts) {
    const { psp, reference, currency, paidAt, paidOut, arrived } = payout;
    const reportId = formatId("settlementReport", payout.reportId);
    const base = { scope: psp, happenedAt: paidAt };
    const subject = { psp, reference, report: reportId };
    const net = payout.gross - payout.fees - payout.reserve;
    if (net !== paidOut) {
      const key = `${psp}|SUM|${reference}|${currency}`;
      const sides = { expected: { amount: net, currency }, got: { amount: paidOut, currency } };
      breaks.push({ ...base, type: "REPORT_SUM_DIFFERS", key, subject, ...sides });
    }
    if (paidOut === 0n) continue;
    const key = `${psp}|BANK|${reference}|${currency}`;
    const expected = { amount: paidOut, currency };
    if (arrived === null) {
      if (paidAt.getTime() + ruleOf(time, psp).bankDays * dayMs >= time.untilMs) continue;
      breaks.push({
        ...base,
        type: "MISSING_AT_BANK",
        key,
        subject: { ...subject, ours: reportId },
        expected,
        got: null,
      });
    } else if (arrived.amount !== paidOut || arrived.currency !== currency) {
      const entry = `${formatId("bankStatement", arrived.statementId)}/${arrived.number}`;
      const got = { amount: arrived.amount, currency: arrived.currency };
      breaks.push({ ...base, type: "BANK_AMOUNT_DIFFERS", key, subject: { ...subject, entry }, expected, got });
    }
  }
  return breaks;
}

export function describeStrangeLines(lines: readonly StrangeLine[]): FoundBreak[] {
  return lines.map(({ psp, reportId, number, reference, currency, gross, bookedAt }) => {
    const line = `${formatId("settlementReport", reportId)}/${number}`;
    return {
      type: "LINE_UNEXPLAINED",
      scope: psp,
      key: `${psp}|LINE|${line}`,
      subject: { psp, reference, line },
      expected: null,
      got: { amount: gross, currency },
      happenedAt: bookedAt,
    };
  });
}

export function describeStrangeEntries(entries: readonly StrangeEntry[]): FoundBreak[] {
  return entries.map((entry) => {
    const { account, statementId, number, currency, amount, bookedOn, bankReference, remittance, counterparty } = entry;
    const name = `${formatId("bankStatement", statementId)}/${number}`;
    return {
      type: "BANK_UNEXPLAINED",
      scope: account,
      key: `${account}|ENTRY|${name}`,
      subject: {
        account,
        entry: name,
        theirs: name,
        ...(bankReference === null ? {} : { reference: bankReference }),
        ...(remittance === null ? {} : { remittance: remittance.slice(0, 140) }),
        ...(counterparty === null ? {} : { counterparty: counterparty.slice(0, 140) }),
      },
      expected: null,
      got: { amount, currency },
      happenedAt: new Date(`${bookedOn}T00:00:00Z`),
    };
  });
}

export function describeGaps(gaps: readonly StatementGap[]): FoundBreak[] {
  return gaps.map(({ account, statementId, reference, currency, dayFrom, what, expected, got }) => ({
    type: "STATEMENT_GAP",
    scope: account,
    key: `${account}|${what}|${reference}`,
    subject: { account, reference, statement: formatId("bankStatement", statementId), what },
    expected: { amount: expected, currency },
    got: { amount: got, currency },
    happenedAt: new Date(`${dayFrom}T00:00:00Z`),
  }));
}
