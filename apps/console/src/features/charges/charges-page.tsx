"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ChargeDialog } from "#features/charges/charge-dialog.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import type { Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Status } from "#ui/status.tsx";

export type Charge = OutputOf<"report.charges">[number];

const tones: Readonly<Record<Charge["standing"], Tone>> = { PAST: "neutral", CURRENT: "good", FUTURE: "accent" };

/** What others take of the house's result: every version, by provider and by jurisdiction. */
export function ChargesPage() {
  const t = useTranslations("charges");
  const may = useMay("charge.propose");
  const [proposing, setProposing] = useState(false);
  const charges = useQuery(read("report.charges"));
  return (
    <ScrollPage>
      <PageHeader
        title={t("title")}
        summary={t("lead")}
        actions={may ? <Button onClick={() => setProposing(true)}>{t("propose")}</Button> : undefined}
      />
      <div className="max-w-5xl px-(--page-x) [&>section:first-child]:border-t-0">
        {charges.data === undefined ? (
          charges.error === null ? (
            <Skeleton className="h-96 rounded-md" />
          ) : (
            <FailureState failure={failureOf(charges.error)} onRetry={() => void charges.refetch()} />
          )
        ) : (
          <>
            <Group title={t("providers")} none={t("noProviders")} all={charges.data} kind="PROVIDER_FEE" />
            <Group title={t("taxes")} none={t("noTaxes")} all={charges.data} kind="TAX" />
          </>
        )}
      </div>
      {proposing && <ChargeDialog onClose={() => setProposing(false)} />}
    </ScrollPage>
  );
}

interface GroupProps {
  readonly title: string;
  readonly none: string;
  readonly all: readonly Charge[];
  readonly kind: Charge["kind"];
}

function Group({ title, none, all, kind }: GroupProps) {
  const charges = all.filter((charge) => charge.kind === kind);
  const subjects = [...new Set(charges.map(({ subject }) => subject))];
  return (
    <Section title={title}>
      {subjects.length === 0 ? (
        <Empty title={none} className="py-6" />
      ) : (
        <ul className="flex flex-col gap-4">
          {subjects.map((subject) => (
            <li key={subject} className="min-w-0">
              <h3 className="font-medium">{subject}</h3>
              <ul>
                {charges
                  .filter((charge) => charge.subject === subject)
                  .map((charge) => (
                    <Version key={charge.version} charge={charge} />
                  ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Version({ charge }: { charge: Charge }) {
  const t = useTranslations("charges");
  const { version, standing, percent, base, minimum, effectiveFrom, approvalId } = charge;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-1.5 last:border-b-0">
      <span className="w-20 text-ink-muted">{t("version", { version: String(version) })}</span>
      <Status tone={tones[standing]} open={standing === "FUTURE"} className="w-24">
        {t(`standings.${standing}`)}
      </Status>
      <span className="tabular">
        {percent} % {t(`bases.${base}`)}
        {minimum !== null && `, ${t("atLeast", { amount: minimum.amount, currency: minimum.currency })}`}
      </span>
      <span className="tabular text-ink-muted">{t("from", { day: effectiveFrom })}</span>
      {approvalId === null ? (
        <span className="text-xs text-ink-muted">{t("founding")}</span>
      ) : (
        <IdChip id={approvalId} href={`/approvals/${approvalId}`} />
      )}
    </li>
  );
}
