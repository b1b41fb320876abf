/** Puts the lines of a file together by the payout that they belong to. */
import type { SettlementLine, SettlementReport } from "@pitboss/domain/cashier/settlement";
import type { Currency } from "@pitboss/domain/wallet/currency";

export interface ReportBuilder {
  add(reference: string, currency: Currency, line: SettlementLine): void;
  paid(reference: string, currency: Currency, amount: bigint, at: Date): void;
  done(): readonly SettlementReport[];
}

export function collectReports(): ReportBuilder {
  const reports = new Map<
    string,
    { reference: string; currency: Currency; paidOut: bigint; paidAt: Date | undefined; lines: SettlementLine[] }
  >();
  const of = (reference: string, currency: Currency) => {
    const key = `${currency} ${reference}`;
    const made = reports.get(key) ?? { reference, currency, paidOut: 0n, paidAt: undefined, lines: [] };
    reports.set(key, made);
    return made;
  };
  return {
    add: (reference, currency, line) => {
      of(reference, currency).lines.push(line);
    },
    paid: (reference, currency, amount, at) => {
      const report = of(reference, currency);
      report.paidOut += amount;
      report.paidAt = at;
    },
    // A batch from which nothing was paid out yet counts from its last line.
    done: () =>
      [...reports.values()].map(({ paidAt, ...report }) => ({
        ...report,
        paidAt: paidAt ?? report.lines.at(-1)?.bookedAt ?? new Date(0),
      })),
  };
}
