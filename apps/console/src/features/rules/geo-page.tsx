"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { PackView } from "#features/rules/jurisdictions-page.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { FormField } from "#ui/form-field.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { TextInput } from "#ui/text-input.tsx";

/** From where players may play under each jurisdiction, whose games it bans, and where an address is. */
export function GeoPage() {
  const t = useTranslations("rg.geo");
  const packs = useQuery(read("jurisdiction.list"));
  const current = packs.data?.filter(({ standing }) => standing === "CURRENT");
  return (
    <ScrollPage>
      <PageHeader title={t("title")} summary={t("lead")} />
      <div className="max-w-4xl px-(--page-x) [&>section:first-child]:border-t-0">
        <Lookup />
        {current === undefined ? (
          packs.error === null ? (
            <Skeleton className="h-64 rounded-md" />
          ) : (
            <FailureState failure={failureOf(packs.error)} onRetry={() => void packs.refetch()} />
          )
        ) : (
          current.map((pack) => <GeoOfPack key={pack.code} pack={pack} />)
        )}
      </div>
    </ScrollPage>
  );
}

function GeoOfPack({ pack }: { pack: PackView }) {
  const t = useTranslations("rg.geo");
  const { geo, bannedProviders } = pack.rules;
  const listed = (names: readonly string[]) => (names.length === 0 ? t("none") : names.join(", "));
  return (
    <Section title={pack.code}>
      <KeyValues
        items={[
          { label: t("elsewhere"), value: t(geo.elsewhere) },
          { label: t("proxies"), value: t(geo.proxies) },
          { label: t("blocked"), value: listed(geo.blocked) },
          { label: t("banned"), value: listed(bannedProviders) },
        ]}
      />
    </Section>
  );
}

function Lookup() {
  const t = useTranslations("rg.geo");
  const [text, setText] = useState("");
  const [ip, setIp] = useState<string>();
  const located = useQuery({
    ...read("jurisdiction.locate", { ip: ip ?? "" }),
    enabled: ip !== undefined,
    retry: false,
  });
  return (
    <Section title={t("lookup")}>
      <form
        className="mb-3 flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "") setIp(text.trim());
        }}
      >
        <FormField label={t("address")} className="w-64">
          <TextInput placeholder="203.0.113.7" value={text} onChange={(event) => setText(event.currentTarget.value)} />
        </FormField>
        <Button type="submit">{t("look")}</Button>
      </form>
      {located.data !== undefined && <Located located={located.data} />}
      {located.error !== null && <FailureNotice failure={failureOf(located.error)} />}
    </Section>
  );
}

function Located({ located }: { located: OutputOf<"jurisdiction.locate"> }) {
  const t = useTranslations("rg.geo");
  return (
    <KeyValues
      items={[
        { label: t("country"), value: located.ipCountry ?? t("unknown") },
        { label: t("hides"), value: t(located.proxy ? "yes" : "no") },
        ...located.packs.map(({ code, refusal }) => ({
          label: code,
          value: refusal === null ? t("may") : <span className="text-bad">{t("refused", { rule: refusal })}</span>,
        })),
      ]}
    />
  );
}
