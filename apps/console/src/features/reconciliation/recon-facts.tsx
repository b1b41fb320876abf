"use client";

import { useTranslations } from "use-intl";
import { cashierBreakTypes } from "#features/reconciliation/cashier-types.ts";
import type { BreakDetail } from "#features/round-recon/break-facts.tsx";
import { BreakState } from "#features/round-recon/break-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { type KeyValue, KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

const records = {
  depositId: "/deposits",
  payoutId: "/payouts",
  chargebackId: "/chargebacks",
  transactionId: "/ledger",
} as const;

/** What differs, whose it is, and how old. */
export function ReconFacts({ found }: { found: BreakDetail }) {
  const t = useTranslations("reconciliation.detail");
  const types = useTranslations("reconciliation.types");
  const { subject, approvalId, difference, expected, got } = found;
  const type = cashierBreakTypes.find((one) => one === found.type);
  const side = (value: typeof expected) =>
    value === null ? t("nothing") : <Money amount={value.amount} currency={value.currency} />;
  const links = Object.entries(records).flatMap(([name, page]): KeyValue[] => {
    const id = subject[name];
    const label = t(`records.${name as keyof typeof records}`);
    return id === undefined ? [] : [{ label, value: <IdChip id={id} href={`${page}/${id}`} /> }];
  });
  return (
    <KeyValues
      items={[
        { label: t("state"), value: <BreakState state={found.state} /> },
        { label: t("type"), value: type === undefined ? found.type : types(type) },
        { label: t("expected"), value: side(expected) },
        { label: t("got"), value: side(got) },
        {
          label: t("difference"),
          value: difference === null ? "–" : <Money amount={difference.amount} currency={difference.currency} />,
        },
        { label: t("scope"), value: found.scope },
        ...(subject["reference"] === undefined
          ? []
          : [{ label: t("reference"), value: <span className="font-mono text-xs">{subject["reference"]}</span> }]),
        ...(subject["state"] === undefined ? [] : [{ label: t("standing"), value: subject["state"] }]),
        ...links,
        { label: t("owner"), value: found.owner?.name ?? t("nobody") },
        { label: t("happened"), value: <Time at={found.happenedAt} /> },
        { label: t("found"), value: <Time at={found.foundAt} /> },
        ...(approvalId === null
          ? []
          : [{ label: t("approval"), value: <IdChip id={approvalId} href={`/approvals/${approvalId}`} /> }]),
        ...(found.closedAt === null ? [] : [{ label: t("closed"), value: <Time at={found.closedAt} /> }]),
      ]}
    />
  );
}

const factNames = [
  "transactionId",
  "type",
  "postings",
  "line",
  "kind",
  "report",
  "reference",
  "named",
  "lines",
  "gross",
  "fee",
  "reserve",
  "paidOut",
  "entry",
  "account",
  "statement",
  "bookedOn",
  "bankReference",
  "remittance",
  "counterparty",
  "amount",
  "at",
] as const;
const recordNames = ["LEDGER", "REPORT", "SETTLEMENT_LINE", "BANK_ENTRY"] as const;

/** The records of both sides, side by side where there is room. */
export function ReconSides({ found }: { found: BreakDetail }) {
  const t = useTranslations("reconciliation.detail");
  const facts = useTranslations("reconciliation.facts");
  const names = useTranslations("reconciliation.recordKinds");
  return (
    <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
      {(["OURS", "THEIRS"] as const).map((side) => {
        const shown = found.evidence.filter((one) => one.side === side);
        return (
          <section key={side} aria-label={t(side)} className="flex min-w-0 flex-col gap-3">
            <h3 className="text-xs font-medium text-ink-muted">{t(side)}</h3>
            {shown.length === 0 && <p className="text-ink-muted">{t("nothing")}</p>}
            {shown.map((record) => {
              const kind = recordNames.find((one) => one === record.record);
              return (
                <div key={`${record.record} ${Object.values(record.facts).join(" ")}`}>
                  <h4 className="font-medium">{kind === undefined ? record.record : names(kind)}</h4>
                  <KeyValues
                    items={factNames.flatMap((name) => {
                      const value = record.facts[name];
                      if (value === undefined) return [];
                      return [{ label: facts(name), value: name === "at" ? <Time at={value} /> : value }];
                    })}
                  />
                </div>
              );
            })}
          </section>
        );
      })}
    </div>
  );
}
