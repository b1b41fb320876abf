"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ExperimentState } from "#features/lobby/experiment-state.tsx";
import { ExperimentResults } from "#features/lobby/experiment-results.tsx";
import { StopExperiment } from "#features/lobby/stop-experiment.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

export type Experiment = OutputOf<"lobby.show">;

/** Results of an experiment that is under way go on, so they are asked for again. */
const refreshEveryMs = 30_000;

export function ExperimentPage({ code }: { code: string }) {
  const t = useTranslations("lobby");
  const experiment = useQuery({ ...read("lobby.show", { code }), refetchInterval: refreshEveryMs });
  const parent = { label: t("title"), href: "/lobby" };
  const { data } = experiment;
  if (experiment.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={code} parent={parent} />
        <FailureState failure={failureOf(experiment.error)} onRetry={() => void experiment.refetch()} />
      </>
    );
  }
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={data === undefined ? <Skeleton className="h-5 w-40" /> : data.name}
          badge={data === undefined ? undefined : <ExperimentState state={data.state} />}
          summary={<IdChip id={code} />}
          actions={data?.state === "RUNNING" ? <StopExperiment experiment={data} /> : undefined}
        />
      }
      rail={
        data === undefined ? (
          <Skeleton className="h-72 rounded-md" />
        ) : (
          <>
            <Facts experiment={data} />
            <Shown experiment={data} />
          </>
        )
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        {data === undefined ? <Skeleton className="mt-4 h-72 rounded-md" /> : <ExperimentResults experiment={data} />}
      </div>
    </DetailPage>
  );
}

export function ExperimentPeek({ code }: { code: string }) {
  const experiment = useQuery(read("lobby.show", { code }));
  if (experiment.data === undefined) {
    return experiment.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(experiment.error)} onRetry={() => void experiment.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <Facts experiment={experiment.data} />
      <Shown experiment={experiment.data} />
    </div>
  );
}

function Facts({ experiment }: { experiment: Experiment }) {
  const t = useTranslations("lobby");
  const { startedAt, startedBy, stoppedAt } = experiment;
  return (
    <Section title={t("facts")}>
      <KeyValues
        items={[
          { label: t("columns.started"), value: <Time at={startedAt} /> },
          { label: t("by"), value: startedBy },
          ...(stoppedAt === null ? [] : [{ label: t("columns.stopped"), value: <Time at={stoppedAt} /> }]),
        ]}
      />
    </Section>
  );
}

function Shown({ experiment }: { experiment: Experiment }) {
  const t = useTranslations("lobby");
  const words = (list: readonly string[]): string => (list.length === 0 ? t("nothing") : list.join(", "));
  return (
    <Section title={t("shown")}>
      <div className="flex flex-col gap-3">
        {experiment.variants.map(({ code, weight, order, categories, tags }) => (
          <div key={code}>
            <h3 className="font-medium">{code}</h3>
            <KeyValues
              items={[
                { label: t("weight"), value: String(weight) },
                { label: t("order"), value: t(`orders.${order}`) },
                { label: t("categories"), value: words(categories) },
                { label: t("tags"), value: words(tags) },
              ]}
            />
          </div>
        ))}
      </div>
    </Section>
  );
}
