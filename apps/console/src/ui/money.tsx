"use client";

import { useLocale } from "use-intl";
import { cn } from "#lib/cn.ts";
import { moneyParts } from "#lib/money-text.ts";

interface MoneyProps {
  /** A decimal string with all of the currency's decimals, as every wire carries it. */
  readonly amount: string;
  readonly currency: string;
  /** Shows a plus above zero, and colours what comes in and what goes out. */
  readonly signed?: boolean;
  readonly className?: string;
}

/** An amount never stands without its currency. */
export function Money({ amount, currency, signed = false, className }: MoneyProps) {
  const { sign, number } = moneyParts(amount, useLocale(), signed);
  return (
    <span className={cn("tabular whitespace-nowrap", signed && sign === "+" && "text-good", className)}>
      {sign}
      {number}
      <span className="ms-1 text-2xs font-normal tracking-wide text-ink-faint">{currency}</span>
    </span>
  );
}
