"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Severity } from "#features/monitoring/alert-state.tsx";
import { RuleDialog } from "#features/monitoring/rule-dialog.tsx";
import { RuleVersions } from "#features/monitoring/rule-versions.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

export type RuleDesk = "aml" | "risk";
export type Rule = OutputOf<"aml.rules.list">[number];

/** Rules that watch what happens: what is in force, how it came to be, and what another version would find. */
export function MonitoringRulesPage({ desk }: { desk: RuleDesk }) {
  const t = useTranslations("monitoring.rules");
  const titles = useTranslations("monitoring.titles");
  const rules = useQuery(read(`${desk}.rules.list`));
  const aml = desk === "aml";
  return (
    <ScrollPage>
      <PageHeader
        title={titles(aml ? "amlRules" : "riskRules")}
        parent={{ label: titles(aml ? "cases" : "alerts"), href: `/${desk}` }}
        summary={t(aml ? "leadAml" : "leadRisk")}
      />
      <div className="max-w-5xl px-(--page-x) [&>section:first-child]:border-t-0">
        {rules.data === undefined ? (
          rules.error === null ? (
            <Skeleton className="h-96 rounded-md" />
          ) : (
            <FailureState failure={failureOf(rules.error)} onRetry={() => void rules.refetch()} />
          )
        ) : (
          rules.data.map((rule) => <RuleSection key={rule.code} desk={desk} rule={rule} />)
        )}
      </div>
    </ScrollPage>
  );
}

function RuleSection({ desk, rule }: { desk: RuleDesk; rule: Rule }) {
  const t = useTranslations("monitoring.rules");
  const may = useMay(desk === "aml" ? "aml.propose" : "risk.rule.propose");
  const [editing, setEditing] = useState(false);
  const { kind, ...conditions } = rule.conditions;
  const { do: reaction, ...how } = rule.reaction;
  return (
    <Section
      title={rule.title}
      aside={
        <Button size="sm" onClick={() => setEditing(true)}>
          {t(may ? "edit" : "try")}
        </Button>
      }
    >
      <KeyValues
        items={[
          {
            label: t("code"),
            value: (
              <span className="flex flex-wrap items-center gap-x-3">
                <span className="font-mono text-xs">{rule.code}</span>
                <Severity severity={rule.severity} />
                <Status tone={rule.on ? "good" : "neutral"}>{t(rule.on ? "on" : "off")}</Status>
              </span>
            ),
          },
          { label: t("looksFor"), value: `${t(`kinds.${kind}`)} ${describe(conditions)}` },
          { label: t("then"), value: `${t(`reactions.${reaction}`)} ${describe(how)}` },
          { label: t("quiet"), value: t("days", { count: rule.quietDays }) },
          ...(rule.source === "" ? [] : [{ label: t("source"), value: rule.source }]),
          {
            label: t("version"),
            value: (
              <span className="flex flex-wrap gap-x-3">
                {rule.version}
                <span className="text-ink-muted">
                  <Time at={rule.setAt} /> · {rule.setBy}
                </span>
              </span>
            ),
          },
        ]}
      />
      <RuleVersions desk={desk} code={rule.code} />
      {editing && <RuleDialog desk={desk} rule={rule} mayPropose={may} onClose={() => setEditing(false)} />}
    </Section>
  );
}

/** The numbers of a rule by their names, as they stand in it. */
function describe(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(" ") : String(value)}`)
    .join(" · ");
}
