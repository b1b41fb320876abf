"use client";

import type { PlayerStatus as Code } from "@pitboss/domain/wallet/ledger-codes";
import { useTranslations } from "use-intl";
import { Status } from "#ui/status.tsx";

const tones = { ACTIVE: "good", BLOCKED: "bad", CLOSED: "neutral" } as const;

export function PlayerStatus({ status }: { status: Code }) {
  const t = useTranslations("words.playerStatus");
  return <Status tone={tones[status]}>{t(status)}</Status>;
}
