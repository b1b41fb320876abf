"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { totalSides, totalWhats } from "#features/reconciliation/cashier-types.ts";
import { RunState } from "#features/round-recon/run-state.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

type Run = OutputOf<"recon.run">;
type Total = Run["totals"][number];

/** What a run came to, and what each side adds up to. */
export function RunPeek({ runId }: { runId: string }) {
  const t = useTranslations("roundRecon.runs");
  const words = useTranslations("reconciliation.runs");
  const run = useQuery(read("recon.run", { runId }));
  if (run.data === undefined) {
    return run.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(run.error)} onRetry={() => void run.refetch()} />
    );
  }
  const { state, day, startedBy, startedAt, doneAt, lines, matched, found, reopened, cleared, open, failure } =
    run.data;
  return (
    <div className="px-4 py-3">
      {state === "CLEAN" && <p className="pb-3 font-medium">{words("clean")}</p>}
      <KeyValues
        items={[
          { label: t("state"), value: <RunState state={state} /> },
          { label: words("day"), value: day },
          ...(failure === null ? [] : [{ label: t("failure"), value: failure }]),
          { label: t("by"), value: startedBy },
          { label: t("started"), value: <Time at={startedAt} /> },
          ...(doneAt === null ? [] : [{ label: t("done"), value: <Time at={doneAt} /> }]),
          { label: t("lines"), value: lines },
          { label: t("matched"), value: matched },
          { label: t("found"), value: found },
          { label: t("reopened"), value: reopened },
          { label: t("cleared"), value: cleared },
          { label: t("openNow"), value: open },
        ]}
      />
      <Totals totals={run.data.totals} />
    </div>
  );
}

/** One list for each provider or account, with what both sides say of it. */
function Totals({ totals }: { totals: readonly Total[] }) {
  const t = useTranslations("reconciliation.runs");
  const scopes = [...new Set(totals.map(({ scope }) => scope))].sort();
  return scopes.map((scope) => (
    <Section key={scope} title={scope}>
      <RecordList<Total>
        label={scope}
        rows={totals.filter((total) => total.scope === scope)}
        rowKey={({ side, what, currency }) => `${side} ${what} ${currency}`}
        empty={null}
        cells={({ side, what, count, amount, currency }) => [
          t(`sides.${totalSides.find((one) => one === side) ?? "LEDGER"}`),
          t(`sums.${totalWhats.find((one) => one === what) ?? "PAYMENT"}`),
          count,
          <Money key="amount" amount={amount} currency={currency} />,
        ]}
      />
    </Section>
  ));
}
