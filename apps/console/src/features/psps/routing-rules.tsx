"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { RuleDialog } from "#features/psps/rule-dialog.tsx";
import { keyOf, type OutputOf, read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

export type RoutingRow = OutputOf<"routing.list">["rules"][number];

export function RoutingRules() {
  const t = useTranslations("psps.rules");
  const mayControl = useMay("psp.control");
  const routing = useQuery(read("routing.list"));
  const [editing, setEditing] = useState<RoutingRow | "new">();
  const [retiring, setRetiring] = useState<RoutingRow>();
  const { data } = routing;
  return (
    <Section
      title={t("title")}
      aside={
        mayControl && (
          <Button size="sm" onClick={() => setEditing("new")}>
            {t("add")}
          </Button>
        )
      }
    >
      {data === undefined ? (
        routing.error === null ? (
          <Skeleton className="h-24 rounded-md" />
        ) : (
          <FailureState failure={failureOf(routing.error)} onRetry={() => void routing.refetch()} />
        )
      ) : (
        <>
          <p className="pb-2 text-ink-muted">
            {t("usual")} <span className="font-mono text-xs">{data.usual.join(" → ")}</span>
          </p>
          <RecordList
            label={t("title")}
            rows={data.rules}
            rowKey={(rule) => rule.name}
            empty={<Empty title={t("none")} hint={t("noneHint")} />}
            cells={(rule) => [
              <span key="priority" className="tabular text-ink-muted">
                {rule.priority}
              </span>,
              <span key="name" className="font-mono text-xs">
                {rule.name}
              </span>,
              <Condition key="when" rule={rule} />,
              <span key="psps" className="font-mono text-xs">
                {rule.psps.join(" → ")}
              </span>,
              <Time key="since" at={rule.effectiveFrom} short />,
              mayControl && (
                <span key="acts" className="inline-flex gap-1">
                  <Button size="sm" look="quiet" onClick={() => setEditing(rule)}>
                    {t("edit")}
                  </Button>
                  <Button size="sm" look="quiet" onClick={() => setRetiring(rule)}>
                    {t("retire")}
                  </Button>
                </span>
              ),
            ]}
          />
          {data.coming.length > 0 && (
            <div className="pt-4">
              <h3 className="pb-1 text-xs text-ink-muted">{t("coming")}</h3>
              <RecordList
                label={t("coming")}
                rows={data.coming}
                rowKey={(rule) => `${rule.name} ${rule.effectiveFrom}`}
                empty={null}
                cells={(rule) => [
                  <span key="name" className="font-mono text-xs">
                    {rule.name}
                  </span>,
                  <Condition key="when" rule={rule} />,
                  <span key="psps" className="font-mono text-xs">
                    {rule.psps.length === 0 ? t("retired") : rule.psps.join(" → ")}
                  </span>,
                  <Time key="from" at={rule.effectiveFrom} />,
                ]}
              />
            </div>
          )}
          {editing !== undefined && (
            <RuleDialog
              rule={editing === "new" ? undefined : editing}
              usual={data.usual}
              onClose={() => setEditing(undefined)}
            />
          )}
          <RetireDialog rule={retiring} onClose={() => setRetiring(undefined)} />
        </>
      )}
    </Section>
  );
}

function Condition({ rule }: { rule: RoutingRow }) {
  const t = useTranslations("psps.rules");
  const { country, currency, minAmount, maxAmount } = rule;
  const amount =
    minAmount === null && maxAmount === null ? null : t("between", { min: minAmount ?? "0", max: maxAmount ?? "∞" });
  const parts = [country, currency, amount].filter((part) => part !== null);
  return <span className="tabular">{parts.length === 0 ? t("any") : parts.join(" · ")}</span>;
}

function RetireDialog({ rule, onClose }: { rule: RoutingRow | undefined; onClose: () => void }) {
  const t = useTranslations("psps.rules");
  const client = useQueryClient();
  const retire = useMutation({
    ...write("routing.retire"),
    onSuccess: async () => {
      onClose();
      toast(t("changed"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("routing.list") });
    },
  });
  const failure = retire.error === null ? undefined : failureOf(retire.error);
  return (
    <ConfirmDialog
      open={rule !== undefined}
      onOpenChange={onClose}
      title={t("retireTitle", { name: rule?.name ?? "" })}
      action={t("retire")}
      danger
      busy={retire.isPending}
      failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
      preview={t("retireEffect")}
      onConfirm={(reason) => {
        if (rule !== undefined) retire.mutate({ name: rule.name, reason });
      }}
    />
  );
}
