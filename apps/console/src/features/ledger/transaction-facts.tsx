"use client";

import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import { referenceHref } from "#lib/reference-href.ts";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Time } from "#ui/time.tsx";

export type TransactionDetail = OutputOf<"ledger.transaction">;

export function TransactionFacts({ transaction }: { transaction: TransactionDetail }) {
  const t = useTranslations("ledger.detail");
  const types = useTranslations("words.transactionType");
  const { type, at, playerId, nickname, reference, requestId, actor, traceId } = transaction;
  return (
    <KeyValues
      items={[
        { label: t("type"), value: types(type) },
        { label: t("at"), value: <Time at={at} /> },
        ...(playerId === null
          ? []
          : [
              { label: t("player"), value: <IdChip id={playerId} href={`/players/${playerId}`} /> },
              { label: t("nickname"), value: nickname },
            ]),
        ...(reference === null
          ? []
          : [
              {
                label: t(reference.kind === "transaction" ? "about" : reference.kind),
                value: <IdChip id={reference.id} href={referenceHref(reference.kind, reference.id)} />,
              },
            ]),
        ...(requestId === null ? [] : [{ label: t("request"), value: <IdChip id={requestId} /> }]),
        { label: t("actor"), value: actor ?? t("play") },
        { label: t("trace"), value: <IdChip id={traceId} /> },
      ]}
    />
  );
}
