"use client";

import { fieldsOf, parseRuleSubject } from "@pitboss/domain/cashier/cashier-rule";
import { useLocale, useTranslations } from "use-intl";
import type { CashierRule } from "#features/cashier-rules/cashier-rules-page.tsx";
import { moneyParts } from "#lib/money-text.ts";
import { Money } from "#ui/money.tsx";

type Named = Pick<CashierRule, "family" | "subject">;

/** The currency in which a field of the rule is an amount; undefined of counts and flags. */
export function currencyOfField({ family, subject }: Named, field: string): string | undefined {
  const kind = fieldsOf(family)[field]?.kind;
  if (kind === "euro") return "EUR";
  const known = parseRuleSubject(family, subject);
  return kind === "amount" && known.ok ? known.value.currency : undefined;
}

export function RuleValue({ rule, field }: { rule: CashierRule; field: string }) {
  const t = useTranslations("cashierRules");
  const value = rule.values[field] ?? "";
  const currency = currencyOfField(rule, field);
  if (currency !== undefined) return <Money amount={value} currency={currency} />;
  if (value === "yes" || value === "no") return t(value);
  return <span className="tabular">{value}</span>;
}

/** What a rule says, in a line: of the many fields those by which people know it. */
export function useRuleDigest() {
  const t = useTranslations("cashierRules.digests");
  const locale = useLocale();
  return (rule: CashierRule): string => {
    const say = (field: string): string => {
      const value = rule.values[field] ?? "";
      const currency = currencyOfField(rule, field);
      return currency === undefined ? value : `${moneyParts(value, locale, false).number} ${currency}`;
    };
    return t(rule.family, {
      minAmount: say("minAmount"),
      maxAmount: say("maxAmount"),
      mostAnHour: say("mostAnHour"),
      autoBelow: say("autoBelow"),
      twoFrom: say("twoFrom"),
      mostADay: say("mostADay"),
      mayCancel: say("mayCancel"),
      lockAt: say("lockAt"),
      withinDays: say("withinDays"),
      confirmations: say("confirmations"),
      hedgeFrom: say("hedgeFrom"),
    });
  };
}

/** A subject in words: a method with its currency, everywhere else, all chargebacks. */
export function useSubjectName() {
  const t = useTranslations("cashierRules");
  return ({ family, subject }: Named): string => {
    if (family === "TAKE_BACK") return subject === "**" ? t("elsewhere") : subject;
    if (family === "CHARGEBACK") return t("everyChargeback");
    if (family !== "DEPOSIT") return subject;
    const [method = "", currency = ""] = subject.split(" ");
    return `${t(`methods.${method as "card"}`)}, ${currency}`;
  };
}
