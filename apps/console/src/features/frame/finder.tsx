"use client";

import { Lock } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { navigation } from "#features/frame/navigation.ts";
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
  return (
    <CommandPalette
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next);
        if (!next) setQuery("");
      }}
      query={query}
      onQueryChange={setQuery}
      searching={false}
      groups={[pages].filter(({ entries }) => entries.length > 0)}
    />
  );
}

function usePages(query: string): PaletteGroup {
  const t = useTranslations("frame");
  const router = useRouter();
  const reader = useReader();
  const wanted = query.trim().toLowerCase();
  const entries = navigation
    .flatMap((group) => group.items)
    .map((item) => ({ item, name: t(`navigation.pages.${item.id}`) }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map(({ item: { id, href, icon: Icon, key, permission }, name }) => ({
      id: `page ${id}`,
      label: name,
      icon: permission === undefined || reader.permissions.has(permission) ? <Icon /> : <Lock />,
      shortcut: `g ${key}`,
      run: () => router.push(href),
    }));
  return { id: "pages", heading: t("finder.pages"), entries };
}
