"use client";

import { type ReactNode, useState } from "react";
import { permissionsOf } from "@pitboss/domain/identity/permissions";
import { AppFrame } from "#features/frame/app-frame.tsx";
import { ShortcutHelp } from "#features/frame/shortcut-help.tsx";
import { ReaderProvider } from "#lib/reader.tsx";
import { useShortcut } from "#lib/shortcuts.tsx";
import { CommandPalette } from "#ui/command-palette.tsx";
import { Users } from "lucide-react";

const reader = {
  id: "st_1",
  name: "Ada Lovelace",
  email: "ada@example.com",
  roles: ["support", "risk"],
  permissions: new Set(permissionsOf(["support", "risk"])),
} as const;

export function KitFrame({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  useShortcut({ keys: "mod+k", label: "Search", group: "global", inFields: true, run: () => setOpen(true) });
  return (
    <ReaderProvider reader={reader}>
      <AppFrame counts={{ approvals: 4 }} onSearch={() => setOpen(true)} onSignOut={() => undefined}>
        {children}
      </AppFrame>
      <ShortcutHelp />
      <CommandPalette
        open={open}
        onOpenChange={setOpen}
        query={query}
        onQueryChange={setQuery}
        searching={query.length === 3}
        groups={[
          {
            id: "players",
            heading: "Players",
            entries: [
              { id: "p1", label: "p_4k2 — lucky_jane", hint: "Active, DE", icon: <Users />, run: () => undefined },
            ],
          },
          {
            id: "pages",
            heading: "Pages",
            entries: [{ id: "x", label: "Players", icon: <Users />, shortcut: "g p", run: () => undefined }],
          },
        ]}
      />
    </ReaderProvider>
  );
}
