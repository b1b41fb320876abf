"use client";

import { useQuery } from "@tanstack/react-query";
import { cashierRuleFamilies, type CashierRuleFamily, offeredSubjects } from "@pitboss/domain/cashier/cashier-rule";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CashierRuleDialog } from "#features/cashier-rules/cashier-rule-dialog.tsx";
import { RuleValue, useRuleDigest, useSubjectName } from "#features/cashier-rules/rule-value.tsx";
import { VersionHeading } from "#features/rules/version-heading.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export type CashierRule = OutputOf<"cashierRule.list">[number];

/** What deposits, payouts and chargebacks go by: the version in force of each, those that come, those that were. */
export function CashierRulesPage() {
  const t = useTranslations("cashierRules");
  const rules = useQuery(read("cashierRule.list"));
  return (
    <ScrollPage>
      <PageHeader title={t("title")} summary={t("lead")} />
      <div className="max-w-5xl px-(--page-x) [&>section:first-child]:border-t-0">
        {rules.data === undefined ? (
          rules.error === null ? (
            <Skeleton className="h-96 rounded-md" />
          ) : (
            <FailureState failure={failureOf(rules.error)} onRetry={() => void rules.refetch()} />
          )
        ) : (
          cashierRuleFamilies.map((family) => (
            <Family key={family} family={family} rules={rules.data.filter((rule) => rule.family === family)} />
          ))
        )}
      </div>
    </ScrollPage>
  );
}

interface Editing {
  /** Empty where the subject is yet to be chosen. */
  readonly subject: string;
  readonly newest: CashierRule | undefined;
}

function Family({ family, rules }: { family: CashierRuleFamily; rules: readonly CashierRule[] }) {
  const t = useTranslations("cashierRules");
  const may = useMay("cashier-rule.propose");
  const [editing, setEditing] = useState<Editing>();
  const bySubject = Map.groupBy(rules, ({ subject }) => subject);
  const offered = offeredSubjects(family).filter((subject) => !bySubject.has(subject));
  const more = family === "TAKE_BACK" || offered.length > 0;
  return (
    <Section
      title={t(`families.${family}`)}
      aside={
        may && more ? (
          <Button size="sm" onClick={() => setEditing({ subject: "", newest: undefined })}>
            {t("add")}
          </Button>
        ) : undefined
      }
    >
      <p className="mb-2 max-w-prose text-ink-muted">{t(`leads.${family}`)}</p>
      <ul className="divide-y divide-line border-y border-line">
        {[...bySubject].map(([subject, versions]) => (
          <Subject
            key={subject}
            versions={versions}
            onChange={may ? () => setEditing({ subject, newest: versions[0] }) : undefined}
          />
        ))}
      </ul>
      {editing !== undefined && (
        <CashierRuleDialog
          family={family}
          offered={offered}
          subject={editing.subject}
          newest={editing.newest}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Section>
  );
}

interface SubjectProps {
  /** The newest first. */
  readonly versions: readonly CashierRule[];
  readonly onChange: (() => void) | undefined;
}

function Subject({ versions, onChange }: SubjectProps) {
  const t = useTranslations("cashierRules");
  const name = useSubjectName();
  const digest = useRuleDigest();
  const held = versions.find(({ standing }) => standing === "CURRENT");
  const shown = held ?? versions[0];
  if (shown === undefined) return null;
  const comes = versions.filter(({ standing }) => standing === "FUTURE").length;
  return (
    <li>
      <details className="group">
        <summary className="flex min-h-9 items-center gap-x-3 py-1.5 marker:content-none hover:bg-hover">
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 text-ink-faint transition-transform group-open:rotate-90"
          />
          <span className="min-w-0 flex-1 sm:flex">
            <span className="block w-28 shrink-0 font-medium">{name(shown)}</span>
            <span className="min-w-0 flex-1 text-ink-muted">{digest(shown)}</span>
          </span>
          {comes > 0 && <Badge tone="accent">{t("comes", { count: comes })}</Badge>}
        </summary>
        <div className="flex flex-col gap-4 pt-1 pb-4 ps-7">
          {versions.map((version) => (
            <div key={version.version} className="min-w-0">
              <VersionHeading {...version} />
              <KeyValues
                className="mt-1 [&_dl]:@2xl:grid-cols-[15rem_minmax(0,1fr)]"
                items={Object.keys(version.values).map((field) => ({
                  label: t(`fields.${field as "minAmount"}`),
                  value: <RuleValue rule={version} field={field} />,
                }))}
              />
            </div>
          ))}
          {onChange !== undefined && (
            <Button size="sm" className="self-start" onClick={onChange}>
              {t("change")}
            </Button>
          )}
        </div>
      </details>
    </li>
  );
}
