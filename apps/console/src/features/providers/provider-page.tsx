"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PlanDialog } from "#features/plans/plan-dialog.tsx";
import {
  AnswerList,
  CredentialList,
  PolicyFacts,
  ReportList,
  VersionList,
} from "#features/providers/provider-facts.tsx";
import { CircuitSteps, HealthFacts } from "#features/providers/provider-health.tsx";
import { PolicyDialog } from "#features/providers/policy-dialog.tsx";
import { RotateDialog } from "#features/providers/rotate-dialog.tsx";
import { FreeSpinsSection } from "#features/providers/free-spins-section.tsx";
import { GameBankSections } from "#features/providers/game-bank-sections.tsx";
import { ProviderState } from "#features/providers/provider-state.tsx";
import { api, keyOf, type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function ProviderPage({ provider }: { provider: string }) {
  const t = useTranslations("providers");
  const detail = useQuery({ ...read("provider.show", { provider }), refetchInterval: 15_000 });
  const mayPause = useMay("provider.pause");
  const parent = { label: t("title"), href: "/providers" };
  const { data } = detail;
  if (data === undefined) {
    return (
      <>
        <PageHeader title={provider} parent={parent} />
        {detail.error === null ? (
          <Skeleton className="mx-(--page-x) h-72 rounded-md" />
        ) : (
          <FailureState failure={failureOf(detail.error)} onRetry={() => void detail.refetch()} />
        )}
      </>
    );
  }
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={data.name}
          badge={<ProviderState state={data.state} />}
          summary={<IdChip id={provider} />}
          actions={mayPause ? <PauseButton provider={provider} state={data.state} /> : undefined}
        />
      }
      rail={
        <Section title={t("detail.policy")}>
          <PolicyFacts provider={data} />
          <ChangeButton provider={data} what="policy" />
        </Section>
      }
    >
      <div className="min-w-0 px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("health.title")}>
          <HealthFacts provider={data} />
        </Section>
        {data.policy.gameBank === null ? null : <GameBankSections provider={provider} />}
        {data.policy.freeSpins === null ? null : <FreeSpinsSection provider={provider} />}
        <Section title={t("detail.answers")}>
          <AnswerList answers={data.answers} />
        </Section>
        <Section title={t("health.steps")}>
          <CircuitSteps circuitSteps={data.circuitSteps} />
        </Section>
        <Section title={t("detail.credentials")}>
          <CredentialList credentials={data.credentials} />
          <ChangeButton provider={data} what="rotate" />
        </Section>
        <Section title={t("detail.reports")}>
          <ReportList provider={data} />
        </Section>
        <Section title={t("detail.history")}>
          <VersionList history={data.history} />
        </Section>
      </div>
    </DetailPage>
  );
}

/** Nothing where this person may not. */
function ChangeButton({ provider, what }: { provider: OutputOf<"provider.show">; what: "policy" | "rotate" }) {
  const t = useTranslations("providers");
  const may = useMay(what === "policy" ? "provider.change" : "provider.rotate");
  const [open, setOpen] = useState(false);
  const Dialog = what === "policy" ? PolicyDialog : RotateDialog;
  if (!may) return null;
  return (
    <div className="mt-3">
      <Button onClick={() => setOpen(true)}>{t(`${what}.open`)}</Button>
      {open && <Dialog provider={provider} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** Pausing refuses bets; what is open is settled all the same. */
function PauseButton({ provider, state }: { provider: string; state: "OPEN" | "PAUSED" }) {
  const t = useTranslations("providers");
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  // What the dialog was opened for: once it is done the provider's state is the other one, and the dialog still tells.
  const [asked, setAsked] = useState(state);
  const wanted = asked === "OPEN" ? "pause" : "resume";
  const plan = asked === "OPEN" ? api.plan.providerPause : api.plan.providerResume;
  return (
    <>
      <Button
        onClick={() => {
          setAsked(state);
          setOpen(true);
        }}
      >
        {t(state === "OPEN" ? "pause.action" : "resume.action")}
      </Button>
      <PlanDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t(`${wanted}.title`)}
        action={t(`${wanted}.action`)}
        ids={[provider]}
        show={(targets) => plan.show.query({ targets: [...targets], params: {} })}
        carryOut={(hash, items, reason) => plan.carryOut.mutate({ plan: hash, items: [...items], params: {}, reason })}
        onDone={() => {
          void client.invalidateQueries({ queryKey: keyOf("provider.show") });
          void client.invalidateQueries({ queryKey: keyOf("provider.list") });
        }}
      />
    </>
  );
}
