"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { CardName } from "#features/deposits/deposit-columns.tsx";
import { DepositState } from "#features/deposits/deposit-state.tsx";
import type { PayoutDetail } from "#features/payouts/payout-facts.tsx";
import { PayoutState } from "#features/payouts/payout-state.tsx";
import { Badge } from "#ui/badge.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

/** Where the player's money came from, what went back there, and what goes there first. */
export function PayoutSources({ payout }: { payout: PayoutDetail }) {
  const t = useTranslations("payouts.sources");
  return (
    <ul className="flex flex-col gap-2">
      {payout.sources.map((source) => (
        <li key={source.instrumentId} className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <CardName brand={source.brand} last4={source.last4} />
          {source.instrumentId === payout.instrument.instrumentId && <Badge tone="accent">{t("target")}</Badge>}
          <Badge tone={source.verified ? "good" : "warn"}>{t(source.verified ? "verified" : "unverified")}</Badge>
          {source.otherOwners > 0 && <Badge tone="bad">{t("shared", { count: source.otherOwners })}</Badge>}
          {source.loop.map(({ currency, deposited, paidOut, room }) => (
            <span key={currency} className="flex flex-wrap gap-x-3 text-xs text-ink-muted">
              <span>
                {t("deposited")} <Money amount={deposited} currency={currency} />
              </span>
              <span>
                {t("paidOut")} <Money amount={paidOut} currency={currency} />
              </span>
              <span>
                {t("room")} <Money amount={room} currency={currency} />
              </span>
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** The player's newest deposits and other payouts. */
export function PayoutNeighbours({ payout }: { payout: PayoutDetail }) {
  const t = useTranslations("payouts.neighbours");
  if (payout.deposits.length + payout.earlier.length === 0) return <p className="text-ink-muted">{t("none")}</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {payout.earlier.map((one) => (
        <li key={one.payoutId} className="flex flex-wrap items-baseline gap-x-3">
          <Link
            href={`/payouts/${one.payoutId}`}
            className="font-mono text-xs text-accent no-underline hover:underline"
          >
            {one.payoutId}
          </Link>
          <PayoutState state={one.state} />
          <Money amount={`-${one.amount}`} currency={one.currency} />
          <Time at={one.createdAt} className="ms-auto text-xs text-ink-muted" />
        </li>
      ))}
      {payout.deposits.map((one) => (
        <li key={one.depositId} className="flex flex-wrap items-baseline gap-x-3">
          <Link
            href={`/deposits/${one.depositId}`}
            className="font-mono text-xs text-accent no-underline hover:underline"
          >
            {one.depositId}
          </Link>
          <DepositState state={one.state} />
          <Money amount={one.amount} currency={one.currency} />
          <Time at={one.createdAt} className="ms-auto text-xs text-ink-muted" />
        </li>
      ))}
    </ul>
  );
}

/** Every time that the provider was asked to pay it. */
export function PayoutSends({ sends }: Pick<PayoutDetail, "sends">) {
  const t = useTranslations("payouts.sends");
  if (sends.length === 0) return <p className="text-ink-muted">{t("none")}</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {sends.map(({ number, begunAt, outcome, said }) => (
        <li key={number} className="flex flex-wrap items-baseline gap-x-3">
          <span className="tabular text-ink-muted">{number}</span>
          <span>{t(`outcomes.${(outcome ?? "OPEN") as "OPEN"}`)}</span>
          <span className="min-w-0 font-mono text-xs wrap-anywhere text-ink-muted">{said}</span>
          <Time at={begunAt} className="ms-auto text-xs text-ink-muted" />
        </li>
      ))}
    </ul>
  );
}
