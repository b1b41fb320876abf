"use client";

import { useQuery } from "@tanstack/react-query";
import {
  ArrowDownToLine,
  ArrowUpFromLine,
  BookOpenText,
  CircleDot,
  Dices,
  IdCard,
  MapPin,
  Lock,
  ScanSearch,
  ScrollText,
  ShieldCheck,
  Siren,
  TriangleAlert,
  UserCog,
  Users,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";
import { isSeen, navigation } from "#features/frame/navigation.ts";
import { read } from "#lib/api.ts";
import { useReader } from "#lib/reader.tsx";
import { useShortcut } from "#lib/shortcuts.tsx";
import { CommandPalette, type PaletteGroup } from "#ui/command-palette.tsx";

interface FinderProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** ⌘K: any record by its id or name, and any page. */
export function Finder({ open, onOpenChange }: FinderProps) {
  const t = useTranslations("frame");
  const [query, setQuery] = useState("");
  useShortcut({ keys: "mod+k", label: t("search"), group: "global", inFields: true, run: () => onOpenChange(true) });
  const pages = usePages(query);
  const found = useFound(query, open);
  return (
    <CommandPalette
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next);
        if (!next) setQuery("");
      }}
      query={query}
      onQueryChange={setQuery}
      searching={found.searching}
      groups={[...found.groups, pages].filter(({ entries }) => entries.length > 0)}
    />
  );
}

const kinds = [
  "player",
  "bet",
  "round",
  "transaction",
  "deposit",
  "payout",
  "kycCase",
  "screeningHit",
  "amlCase",
  "riskAlert",
  "geoDecision",
  "approval",
  "staff",
  "audit",
] as const;
const icons = {
  player: Users,
  bet: Dices,
  round: CircleDot,
  transaction: BookOpenText,
  deposit: ArrowDownToLine,
  payout: ArrowUpFromLine,
  kycCase: IdCard,
  screeningHit: ScanSearch,
  amlCase: Siren,
  riskAlert: TriangleAlert,
  geoDecision: MapPin,
  approval: ShieldCheck,
  staff: UserCog,
  audit: ScrollText,
} as const;
const hrefs = {
  player: "/players",
  bet: "/bets",
  round: "/rounds",
  transaction: "/ledger",
  deposit: "/deposits",
  payout: "/payouts",
  kycCase: "/kyc",
  screeningHit: "/screening",
  amlCase: "/aml",
  riskAlert: "/risk",
  geoDecision: "/geo/conflicts",
  approval: "/approvals",
  staff: "/staff",
  audit: "/audit",
} as const;
const shortest = 2;

/** Records that the engine finds, as far as the reader may see them. */
function useFound(
  query: string,
  open: boolean,
): { readonly groups: readonly PaletteGroup[]; readonly searching: boolean } {
  const t = useTranslations("frame.finder");
  const router = useRouter();
  const text = useDeferredValue(query.trim());
  const found = useQuery({
    ...read("find.any", { text }),
    enabled: open && text.length >= shortest,
  });
  const records = text.length < shortest ? [] : (found.data ?? []);
  const groups = kinds.map((kind) => {
    const Icon = icons[kind];
    return {
      id: kind,
      heading: t(kind),
      entries: records
        .filter((record) => record.kind === kind)
        .map((record) => ({
          id: `${kind} ${record.id}`,
          label: record.title === record.id ? <span className="font-mono text-xs">{record.id}</span> : record.title,
          hint: kind === "round" || record.title === record.id ? record.subtitle : `${record.subtitle} · ${record.id}`,
          icon: <Icon />,
          run: () => router.push(`${hrefs[kind]}/${record.id}`),
        })),
    };
  });
  return { groups, searching: found.isFetching };
}

function usePages(query: string): PaletteGroup {
  const t = useTranslations("frame");
  const router = useRouter();
  const reader = useReader();
  const wanted = query.trim().toLowerCase();
  const entries = navigation
    .flatMap((group) => group.items.filter((item) => isSeen(item, reader.permissions)))
    .map((item) => ({ item, name: t(`navigation.pages.${item.id}`) }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map(({ item: { id, href, icon: Icon, key, permission }, name }) => ({
      id: `page ${id}`,
      label: name,
      icon: permission === undefined || reader.permissions.has(permission) ? <Icon /> : <Lock />,
      ...(key === undefined ? {} : { shortcut: `g ${key}` }),
      run: () => router.push(href),
    }));
  return { id: "pages", heading: t("finder.pages"), entries };
}
