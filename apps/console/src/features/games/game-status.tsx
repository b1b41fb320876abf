"use client";

import type { GameStatus as Code } from "@pitboss/domain/catalog/game-status";
import { useTranslations } from "use-intl";
import { Status } from "#ui/status.tsx";

const tones = {
  OPEN: "good",
  CLOSED: "neutral",
  MAINTENANCE: "warn",
  PROVIDER_PAUSED: "bad",
  PROVIDER_DOWN: "bad",
} as const;

export function GameStatus({ status }: { status: Code }) {
  const t = useTranslations("games.status");
  return <Status tone={tones[status]}>{t(status)}</Status>;
}
