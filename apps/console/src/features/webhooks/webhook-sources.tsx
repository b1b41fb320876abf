"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { useMay } from "#lib/reader.tsx";
import { Segmented } from "#ui/segmented.tsx";

export const hrefOfSource = { psp: "/webhooks", kyc: "/webhooks/kyc" } as const;
export type WebhookSource = keyof typeof hrefOfSource;

/** Whose webhooks are shown; nothing where the reader may see one side alone. */
export function WebhookSources({ shown }: { shown: WebhookSource }) {
  const t = useTranslations("webhooks.sources");
  const router = useRouter();
  const mayPsp = useMay("webhook.read");
  const mayKyc = useMay("kyc.read");
  if (!mayPsp || !mayKyc) return null;
  return (
    <Segmented
      label={t("label")}
      value={shown}
      choices={(["psp", "kyc"] as const).map((value) => ({ value, label: t(value) }))}
      onChange={(source) => router.push(hrefOfSource[source])}
    />
  );
}
