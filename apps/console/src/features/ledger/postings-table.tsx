"use client";

import { CircleCheck, OctagonAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import type { TransactionDetail } from "#features/ledger/transaction-facts.tsx";
import { cn } from "#lib/cn.ts";
import { Money } from "#ui/money.tsx";

const nothing = /^-?0(\.0+)?$/;
const cell = "h-8.5 border-b border-line px-2 first:ps-0 last:pe-0";
const head = "h-8 border-b border-line px-2 text-start text-xs font-medium text-ink-muted first:ps-0 last:pe-0";

/** Every posting of a transaction, and on its face the proof: in each currency they sum to zero. */
export function PostingsTable({ transaction }: { transaction: TransactionDetail }) {
  const t = useTranslations("ledger.postings");
  const kinds = useTranslations("words.walletKind");
  return (
    <div className="flex flex-col gap-3">
      <div tabIndex={0} role="group" aria-label={t("title")} className="overflow-x-auto">
        <table className="w-full min-w-140 border-separate border-spacing-0">
          <thead>
            <tr>
              <th scope="col" className={head}>
                {t("wallet")}
              </th>
              <th scope="col" className={cn(head, "text-end")}>
                {t("available")}
              </th>
              <th scope="col" className={cn(head, "text-end")}>
                {t("held")}
              </th>
              <th scope="col" className={cn(head, "text-end")}>
                {t("after")}
              </th>
              <th scope="col" className={cn(head, "text-end")}>
                {t("heldAfter")}
              </th>
            </tr>
          </thead>
          <tbody>
            {transaction.postings.map((posting) => (
              <tr key={posting.walletId}>
                <td className={cell}>
                  <span className="font-medium">{kinds(posting.wallet)}</span>{" "}
                  <span className="text-xs text-ink-muted">
                    {posting.owner === "player" ? t("ofPlayer") : t("ofHouse", { stripe: posting.stripe })}
                    {posting.qualifier !== "" && ` · ${posting.qualifier}`}
                  </span>
                </td>
                <Amount amount={posting.available} currency={posting.currency} signed />
                <Amount amount={posting.held} currency={posting.currency} signed />
                <Amount amount={posting.availableAfter} currency={posting.currency} />
                <Amount amount={posting.heldAfter} currency={posting.currency} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="flex flex-col gap-1">
        {transaction.sums.map(({ currency, sum }) => {
          const balanced = nothing.test(sum);
          const Icon = balanced ? CircleCheck : OctagonAlert;
          return (
            <li key={currency} className="flex items-center gap-2">
              <Icon aria-hidden className={cn("size-4", balanced ? "text-good" : "text-bad")} />
              <span>{t(balanced ? "balanced" : "unbalanced", { currency })}</span>
              <Money amount={sum} currency={currency} className="text-ink-muted" />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Amount({ amount, currency, signed = false }: { amount: string; currency: string; signed?: boolean }) {
  return (
    <td className={cn(cell, "text-end")}>
      {signed && nothing.test(amount) ? (
        <span className="text-ink-faint">–</span>
      ) : (
        <Money amount={amount} currency={currency} signed={signed} />
      )}
    </td>
  );
}
