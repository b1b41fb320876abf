"use client";

import { useTranslations } from "use-intl";
import { type CaseDetail, CaseState } from "#features/kyc/case-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Time } from "#ui/time.tsx";

export function CaseFacts({ found }: { found: CaseDetail }) {
  const t = useTranslations("kyc.detail");
  const reasons = useTranslations("words.caseReason");
  const { claimed, dueAt, submittedAt, reason } = found;
  return (
    <KeyValues
      items={[
        { label: t("state"), value: <CaseState state={found.state} /> },
        ...(reason === null ? [] : [{ label: t("told"), value: reasons(reason) }]),
        { label: t("player"), value: <IdChip id={found.playerId} href={`/players/${found.playerId}`} /> },
        { label: t("nickname"), value: found.nickname },
        { label: t("asks"), value: t("levels", { from: found.kycLevel, to: found.level }) },
        { label: t("opened"), value: <Time at={found.openedAt} /> },
        ...(submittedAt === null ? [] : [{ label: t("submitted"), value: <Time at={submittedAt} /> }]),
        ...(dueAt === null
          ? []
          : [
              {
                label: t("due"),
                value: (
                  <span className={found.late ? "text-bad" : undefined}>
                    <Time at={dueAt} precision="minute" />
                  </span>
                ),
              },
            ]),
        ...(found.renewAt === null
          ? []
          : [{ label: t("holds"), value: <Time at={found.renewAt} precision="minute" /> }]),
        { label: t("claimed"), value: claimed === null ? t("nobody") : claimed.mine ? t("mine") : claimed.by },
      ]}
    />
  );
}

/** The player's data as they are known, masked. */
export function CaseFields({ found }: { found: CaseDetail }) {
  const t = useTranslations("kyc.detail");
  const names = useTranslations("words.personalField");
  return (
    <KeyValues
      items={found.fields.map(({ field, masked }) => ({ label: names(field), value: masked ?? t("missing") }))}
    />
  );
}
