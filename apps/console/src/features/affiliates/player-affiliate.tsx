"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { failedOf, useAffiliateChange } from "#features/affiliates/write-affiliate.ts";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Section } from "#ui/section.tsx";
import { Select } from "#ui/select.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { TextInput } from "#ui/text-input.tsx";
import { Time } from "#ui/time.tsx";

/** Whose player this is, since when and why, and whose the player was before. */
export function PlayerAffiliate({ playerId }: { playerId: string }) {
  const t = useTranslations("affiliates.player");
  const may = useMay("affiliate.attribute");
  const [changing, setChanging] = useState(false);
  const history = useQuery(read("affiliate.attribution", { playerId }));
  const { data } = history;
  return (
    <Section
      title={t("title")}
      aside={may && data !== undefined && <Button onClick={() => setChanging(true)}>{t("change")}</Button>}
    >
      {data === undefined ? (
        history.error === null ? (
          <Skeleton className="h-5 w-32 rounded-sm" />
        ) : (
          <FailureState failure={failureOf(history.error)} onRetry={() => void history.refetch()} />
        )
      ) : data.length === 0 ? (
        <p className="text-ink-faint">{t("none")}</p>
      ) : (
        <ol className="flex flex-col gap-2">
          {data.map((one) => (
            <li key={one.since} className="flex min-w-0 flex-col">
              {one.affiliateId === null ? (
                <span>{t("nobody")}</span>
              ) : (
                <Link href={`/affiliates/${one.affiliateId}`}>{one.affiliate}</Link>
              )}
              <span className="text-xs text-ink-muted">
                <Time at={one.since} precision="minute" />
                {one.until !== null && (
                  <>
                    {" – "}
                    <Time at={one.until} precision="minute" />
                  </>
                )}
                {one.code !== null && ` · ${one.code}`}
              </span>
              <span className="text-xs text-ink-muted">{one.reason}</span>
            </li>
          ))}
        </ol>
      )}
      {changing && (
        <AttributeDialog playerId={playerId} now={data?.[0]?.affiliateId ?? null} onClose={() => setChanging(false)} />
      )}
    </Section>
  );
}

/** Stands for no affiliate among the choices. */
const nobody = "";
const mostChoices = 50;

interface AttributeDialogProps {
  readonly playerId: string;
  /** Whose the player is; null where nobody's. */
  readonly now: string | null;
  readonly onClose: () => void;
}

function AttributeDialog({ playerId, now, onClose }: AttributeDialogProps) {
  const t = useTranslations("affiliates.player");
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string>();
  const found = useQuery(read("affiliate.list", { text: text.trim(), limit: mostChoices }));
  const change = useAffiliateChange("affiliate.reattribute", t("changed"), onClose);
  const choices = [
    ...(now === null ? [] : [{ value: nobody, label: t("nobody") }]),
    ...(found.data?.rows ?? [])
      .filter(({ affiliateId }) => affiliateId !== now)
      .map(({ affiliateId, name }) => ({ value: affiliateId, label: name, hint: affiliateId })),
  ];
  const known = choices.some(({ value }) => value === chosen);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("changeTitle")}
      action={t("change")}
      disabled={!known}
      busy={change.isPending}
      failure={failedOf(change.error ?? found.error)}
      preview={
        <div className="flex flex-col gap-3">
          <p>{t("effect")}</p>
          <FormField label={t("search")}>
            <TextInput value={text} maxLength={80} onChange={(event) => setText(event.currentTarget.value)} />
          </FormField>
          <FormField label={t("to")}>
            <Select
              choices={choices}
              value={known ? chosen : undefined}
              onChange={setChosen}
              placeholder={choices.length === 0 ? t("noMatch") : t("choose")}
            />
          </FormField>
        </div>
      }
      onConfirm={(reason) => {
        if (chosen !== undefined) change.mutate({ playerId, affiliateId: chosen === nobody ? null : chosen, reason });
      }}
    />
  );
}
