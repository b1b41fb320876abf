"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PlanDialog } from "#features/plans/plan-dialog.tsx";
import { api, keyOf, type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import type { Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Money } from "#ui/money.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

type Transfer = OutputOf<"provider.transfers">["rows"][number];
type Bank = OutputOf<"provider.gameBanks">["rows"][number];

interface Chosen {
  readonly what: "ask" | "close";
  readonly id: string;
}

const tones: Readonly<Record<Transfer["state"], Tone>> = {
  REQUESTED: "accent",
  SENT: "accent",
  UNKNOWN: "warn",
  DONE: "good",
  REFUSED: "bad",
};

/** What is under way to and from a provider's own wallet, and what players have there. */
export function GameBankSections({ provider }: { provider: string }) {
  const t = useTranslations("providers.bank");
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Chosen>();
  const [open, setOpen] = useState(false);
  const states: Transfer["state"][] = ["REQUESTED", "SENT", "UNKNOWN"];
  const transfers = useQuery({ ...read("provider.transfers", { provider, states }), refetchInterval: 10_000 });
  const banks = useQuery({ ...read("provider.gameBanks", { provider }), refetchInterval: 10_000 });
  const choose = (next: Chosen): void => {
    setChosen(next);
    setOpen(true);
  };
  const plan = chosen?.what === "close" ? api.plan.gameBankClose : api.plan.bankTransferAsk;
  const what = chosen?.what ?? "ask";
  return (
    <>
      <Section title={t("transfers")}>
        {transfers.data !== undefined ? (
          <TransferList rows={transfers.data.rows} onAsk={(id) => choose({ what: "ask", id })} />
        ) : transfers.error !== null ? (
          <FailureState failure={failureOf(transfers.error)} onRetry={() => void transfers.refetch()} />
        ) : (
          <Skeleton className="h-8.5 rounded-md" />
        )}
      </Section>
      <Section title={t("banks")}>
        {banks.data !== undefined ? (
          <BankList rows={banks.data.rows} onClose={(id) => choose({ what: "close", id })} />
        ) : banks.error !== null ? (
          <FailureState failure={failureOf(banks.error)} onRetry={() => void banks.refetch()} />
        ) : (
          <Skeleton className="h-8.5 rounded-md" />
        )}
      </Section>
      <PlanDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t(`${what}Title`)}
        action={t(what)}
        ids={chosen === undefined ? [] : [chosen.id]}
        show={(targets) => plan.show.query({ targets: [...targets], params: {} })}
        carryOut={(hash, items, reason) => plan.carryOut.mutate({ plan: hash, items: [...items], params: {}, reason })}
        onDone={() => {
          void client.invalidateQueries({ queryKey: keyOf("provider.transfers") });
          void client.invalidateQueries({ queryKey: keyOf("provider.gameBanks") });
        }}
      />
    </>
  );
}

function TransferList({ rows, onAsk }: { rows: readonly Transfer[]; onAsk: (id: string) => void }) {
  const t = useTranslations("providers.bank");
  const may = useMay("provider.transfer");
  return (
    <RecordList
      label={t("transfers")}
      rows={rows}
      rowKey={({ transferId }) => transferId}
      empty={<Empty title={t("noTransfers")} />}
      cells={({ transferId, state, direction, amount, currency, playerId, nickname, requestedAt }) => [
        <span key="id" className="font-mono text-xs">
          {transferId}
        </span>,
        <Status key="state" tone={tones[state]} open={state !== "UNKNOWN"}>
          {t(state)}
        </Status>,
        t(direction),
        amount === null ? t("everything") : <Money key="amount" amount={amount} currency={currency} />,
        <Link key="player" href={`/players/${playerId}`}>
          {nickname}
        </Link>,
        <Time key="at" at={requestedAt} relative />,
        may ? (
          <Button key="ask" look="quiet" aria-label={t("askOf", { id: transferId })} onClick={() => onAsk(transferId)}>
            {t("ask")}
          </Button>
        ) : null,
      ]}
    />
  );
}

function BankList({ rows, onClose }: { rows: readonly Bank[]; onClose: (id: string) => void }) {
  const t = useTranslations("providers.bank");
  const may = useMay("provider.transfer");
  return (
    <RecordList
      label={t("banks")}
      rows={rows}
      rowKey={({ gameBankId }) => gameBankId}
      empty={<Empty title={t("noBanks")} />}
      cells={({ gameBankId, state, balance, currency, playerId, nickname, usedAt, said }) => [
        <span key="id" className="font-mono text-xs">
          {gameBankId}
        </span>,
        <Status key="state" tone={state === "OPEN" ? "good" : "accent"} open={state !== "OPEN"}>
          {t(state === "OPEN" || state === "OPENING" ? state : "CLOSING")}
        </Status>,
        <Money key="balance" amount={balance} currency={currency} />,
        <Link key="player" href={`/players/${playerId}`}>
          {nickname}
        </Link>,
        <span key="said" className="text-ink-muted">
          {said}
        </span>,
        <Time key="at" at={usedAt} relative />,
        may && state === "OPEN" ? (
          <Button
            key="close"
            look="quiet"
            aria-label={t("closeOf", { id: gameBankId })}
            onClick={() => onClose(gameBankId)}
          >
            {t("close")}
          </Button>
        ) : null,
      ]}
    />
  );
}
