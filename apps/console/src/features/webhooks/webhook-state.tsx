"use client";

import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

export type WebhookRow = OutputOf<"webhook.list">["rows"][number];
export type WebhookDetail = OutputOf<"webhook.show">;

const tones: Readonly<Record<WebhookRow["state"], Tone>> = {
  STORED: "accent",
  DONE: "good",
  DEAD: "bad",
  FORGED: "warn",
};

export function WebhookState({ state }: Pick<WebhookRow, "state">) {
  const words = useTranslations("words.webhookState");
  return (
    <Status tone={tones[state]} open={state === "STORED"}>
      {words(state)}
    </Status>
  );
}
