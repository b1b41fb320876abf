"use client";

import { useTranslations } from "use-intl";
import type { WebhookDetail } from "#features/webhooks/webhook-state.tsx";
import { JsonView } from "#ui/json-view.tsx";
import { Section } from "#ui/section.tsx";

/** The body and the headers that prove it, as they came. */
export function WebhookContent({ webhook }: { webhook: Pick<WebhookDetail, "body" | "headers"> }) {
  const t = useTranslations("webhooks.detail");
  return (
    <>
      <Section title={t("body")}>
        <JsonView value={parse(webhook.body)} label={t("body")} />
      </Section>
      <Section title={t("headers")}>
        <JsonView value={webhook.headers} label={t("headers")} />
      </Section>
    </>
  );
}

/** What is no JSON is shown as the text that it is. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
