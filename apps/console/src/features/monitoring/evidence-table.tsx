"use client";

import { useTranslations } from "use-intl";
import { IdChip } from "#ui/id-chip.tsx";
import { Money } from "#ui/money.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Time } from "#ui/time.tsx";

type Fact = Readonly<Record<string, unknown>>;

/** The facts that an alert rests on, as they were when it was raised. */
export function EvidenceTable({ label, facts }: { label: string; facts: readonly Fact[] }) {
  const t = useTranslations("monitoring.evidence");
  return (
    <RecordList
      label={label}
      rows={facts}
      rowKey={(fact) => text(fact, "id")}
      empty={<p className="text-ink-muted">{t("none")}</p>}
      cells={(fact) => [
        text(fact, "at") === "" ? t("standing") : <Time key="at" at={text(fact, "at")} />,
        t.has(`kinds.${text(fact, "kind")}` as "kinds.DEPOSIT")
          ? t(`kinds.${text(fact, "kind")}` as "kinds.DEPOSIT")
          : text(fact, "kind"),
        <FactDetail key="detail" fact={fact} />,
        text(fact, "amount") === "" ? null : (
          <Money key="amount" amount={text(fact, "amount")} currency={text(fact, "currency")} />
        ),
      ]}
    />
  );
}

function FactDetail({ fact }: { fact: Fact }) {
  const t = useTranslations("monitoring.evidence");
  const { players } = fact;
  if (Array.isArray(players)) {
    return (
      <span className="flex flex-wrap gap-1">
        {players.map(String).map((id) => (
          <IdChip key={id} id={id} href={`/players/${id}`} />
        ))}
      </span>
    );
  }
  if (fact["kind"] === "PLAY") {
    return t("play", { bets: Number(fact["bets"]), voided: Number(fact["voided"]), minimum: Number(fact["minimum"]) });
  }
  return [text(fact, "method"), text(fact, "instrument")].filter((part) => part !== "").join(" · ");
}

function text(fact: Fact, name: string): string {
  const value = fact[name];
  return typeof value === "string" ? value : "";
}
