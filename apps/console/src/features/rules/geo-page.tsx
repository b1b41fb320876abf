"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import type { PackView } from "#features/rules/jurisdictions-page.tsx";
import { TryPlace } from "#features/geo/try-place.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

/** From where players may play under each jurisdiction, whose games it bans, and where an address is. */
export function GeoPage() {
  const t = useTranslations("rg.geo");
  const router = useRouter();
  const mayLook = useMay("geo.read");
  const packs = useQuery(read("jurisdiction.list"));
  const current = packs.data?.filter(({ standing }) => standing === "CURRENT");
  return (
    <ScrollPage>
      <PageHeader
        title={t("title")}
        summary={t("lead")}
        actions={
          mayLook ? <Button onClick={() => router.push("/geo/conflicts")}>{t("conflictsList")}</Button> : undefined
        }
      />
      <div className="max-w-4xl px-(--page-x) [&>section:first-child]:border-t-0">
        {mayLook && <TryPlace />}
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
          { label: t("hosting"), value: t(geo.hosting ?? "ALLOW") },
          { label: t("unanswered"), value: t(geo.unanswered ?? "ALLOW") },
          ...(geo.conflicts ?? [{ between: ["IP", "DEVICE"] as const, verdict: geo.elsewhere }]).map(
            ({ between: [one, other], verdict }) => ({
              label: t("conflict", { one: t(`sources.${one}`), other: t(`sources.${other}`) }),
              value: t(verdict),
            }),
          ),
          { label: t("blocked"), value: listed(geo.blocked) },
          { label: t("banned"), value: listed(bannedProviders) },
        ]}
      />
    </Section>
  );
}
